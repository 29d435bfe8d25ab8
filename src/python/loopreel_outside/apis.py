"""Public interfaces that lessons like to ask: the keys that their programs read, with words of our own."""
import re
from zlib import crc32

_NAMES = ["Mina Kim", "Jun Park", "Ada Moreau", "Leo Brandt", "Sora Tanaka", "Nils Berg", "Ines Costa", "Omar Haddad"]
_BEASTS = ["mossling", "embertail", "dropwing", "stonepaw", "breezling", "glowfin", "thornback", "cloudlet"]
_TITLES = ["Why the loop never sleeps", "A queue of one", "Show: a clock in 40 lines", "Ask: who holds the lock?"]


def _pick(words: list, n: int):
    return words[n % len(words)]


def _of(text: str) -> int:
    return crc32(text.encode()) % 1000


def _github_user(_request, login: str) -> dict:
    n = _of(login)
    return {"login": login, "id": 10_000 + n, "type": "User", "name": login.replace("-", " ").title(), "company": None,
            "blog": "", "location": "Seoul", "bio": "Writes programs that wait well.", "public_repos": 5 + n % 60,
            "public_gists": n % 9, "followers": n * 7, "following": n % 80, "html_url": f"https://github.com/{login}",
            "avatar_url": f"https://avatars.example.com/u/{10_000 + n}", "created_at": "2015-05-05T00:00:00Z"}


def _github_repository(_request, owner: str, name: str) -> dict:
    n = _of(f"{owner}/{name}")
    return {"id": 100_000 + n, "name": name, "full_name": f"{owner}/{name}", "owner": {"login": owner, "id": _of(owner)},
            "private": False, "html_url": f"https://github.com/{owner}/{name}", "description": f"The {name} project",
            "language": "Python", "stargazers_count": 40 * n + 12, "watchers_count": 40 * n + 12, "forks_count": 6 * n,
            "open_issues_count": n % 90, "default_branch": "main", "created_at": "2015-05-05T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z"}


def _creature(request, which: str) -> dict:
    n = int(which) if which.isdigit() else _of(which)
    name = _pick(_BEASTS, n) if which.isdigit() else which
    return {"id": n, "name": name, "height": 3 + n % 20, "weight": 40 + n % 900, "base_experience": 50 + n % 200,
            "types": [{"slot": 1, "type": {"name": _pick(["grass", "fire", "water", "rock"], n)}}],
            "abilities": [{"ability": {"name": "patience"}, "slot": 1}], "sprites": {"front_default": f"{request.url}.png"},
            "stats": [{"base_stat": 40 + n % 50, "stat": {"name": "hp"}}]}


def _creatures(request) -> dict:
    limit = int(request.url.query.get("limit", 20))
    base = str(request.url).partition("?")[0]
    return {"count": 1000, "next": None, "previous": None,
            "results": [{"name": _pick(_BEASTS, n), "url": f"{base}/{n}/"} for n in range(1, limit + 1)]}


def _character(request, number: str) -> dict:
    n = int(number)
    return {"name": _pick(_NAMES, n), "height": str(150 + n % 50), "mass": str(50 + n % 50), "gender": "n/a",
            "birth_year": "19BBY", "homeworld": "https://swapi.dev/api/planets/1/", "films": [], "url": str(request.url)}


def _product(_request, number: str) -> dict:
    n = int(number)
    title = _pick(["Lamp", "Kettle", "Notebook", "Umbrella", "Teapot"], n)
    return {"id": n, "title": title, "price": 5 + n * 3.5, "category": "home", "description": f"A {title.lower()}.",
            "rating": {"rate": 4.2, "count": 10 * n}, "stock": 3 * n, "brand": "Simulated"}


def _member(_request, number: str) -> dict:
    n = int(number)
    first, last = _pick(_NAMES, n).split()
    person = {"id": n, "email": f"{first.lower()}@example.com", "first_name": first, "last_name": last, "avatar": ""}
    return {"data": person, "support": {"url": "https://example.com", "text": ""}}


def _weather(request) -> dict:
    city = request.url.query.get("q", "Seoul").partition(",")[0]
    n = _of(city)
    return {"name": city, "main": {"temp": 5 + n % 250 / 10, "feels_like": 4 + n % 250 / 10, "humidity": 30 + n % 60,
                                   "pressure": 1000 + n % 30},
            "weather": [{"main": "Clouds", "description": "scattered clouds"}], "wind": {"speed": n % 90 / 10}, "cod": 200}


def _forecast(request) -> dict:
    n = _of(str(request.url))
    return {"latitude": float(request.url.query.get("latitude", 37.5)),
            "longitude": float(request.url.query.get("longitude", 127)),
            "current_weather": {"temperature": n % 300 / 10, "windspeed": n % 90 / 10, "weathercode": 2},
            "current": {"temperature_2m": n % 300 / 10, "wind_speed_10m": n % 90 / 10}}


def _story(_request, number: str) -> dict:
    n = int(number)
    return {"id": n, "type": "story", "by": f"reader{n % 100}", "title": _pick(_TITLES, n), "score": n % 500,
            "descendants": n % 90, "time": 1_767_225_600, "url": f"https://example.com/{n}", "kids": []}


def _stranger(_request) -> dict:
    first, last = _NAMES[0].split()
    return {"results": [{"gender": "female", "name": {"title": "Ms", "first": first, "last": last},
                         "email": f"{first.lower()}@example.com", "location": {"city": "Seoul", "country": "Korea"}}]}


APIS = {
    "api.github.com": {
        r"/users/([\w-]+)": _github_user,
        r"/orgs/([\w-]+)": _github_user,
        r"/repos/([\w.-]+)/([\w.-]+)": _github_repository,
        r"/(?:users|orgs)/([\w-]+)/repos": lambda request, login: [
            _github_repository(request, login, name) for name in ("kettle", "lantern", "compass")],
        r"/events": lambda _: [{"id": str(n), "type": "PushEvent", "actor": {"login": f"reader{n}"},
                                "repo": {"name": f"reader{n}/kettle"}} for n in range(1, 6)],
        r"/?": lambda _: {"current_user_url": "https://api.github.com/user",
                          "user_url": "https://api.github.com/users/{user}",
                          "repository_url": "https://api.github.com/repos/{owner}/{repo}"},
    },
    "pokeapi.co": {r"/api/v2/pokemon/?": _creatures, r"/api/v2/pokemon/([\w-]+)/?": _creature},
    "swapi.dev": {r"/api/people/(\d+)/?": _character},
    "dummyjson.com": {r"/products/(\d+)": _product,
                      r"/products": lambda request: {"products": [_product(request, str(n)) for n in range(1, 4)]}},
    "fakestoreapi.com": {r"/products/(\d+)": _product,
                         r"/products": lambda request: [_product(request, str(n)) for n in range(1, 4)]},
    "reqres.in": {r"/api/users/(\d+)": _member},
    "api.openweathermap.org": {r"/data/2.5/weather": _weather},
    "api.open-meteo.com": {r"/v1/forecast": _forecast},
    "hacker-news.firebaseio.com": {r"/v0/\w+stories\.json": lambda _: list(range(41, 61)),
                                   r"/v0/item/(\d+)\.json": _story},
    "randomuser.me": {r"/api/?": _stranger},
    "api.chucknorris.io": {r"/jokes/random": lambda _: {"id": "1", "value": "The loop waits for him."}},
    "official-joke-api.appspot.com": {r"/(?:random_joke|jokes/random)": lambda _: {
        "id": 1, "type": "programming", "setup": "Why did the coroutine never finish?",
        "punchline": "Nobody awaited it."}},
    "icanhazdadjoke.com": {r"/?": lambda _: {"id": "1", "joke": "I would tell a UDP joke. You may not get it.",
                                             "status": 200}},
    "catfact.ninja": {r"/fact": lambda _: {"fact": "Cats sleep for most of the day, as loops do.", "length": 44}},
    "dog.ceo": {r"/api/breeds?/.*": lambda _: {"message": "https://images.dog.ceo/breeds/a.jpg", "status": "success"}},
    "api.ipify.org": {r"/?": lambda _: {"ip": "203.0.113.7"}},
    "api.agify.io": {r"/?": lambda request: {"name": request.url.query.get("name", ""), "age": 30 + _of(
        request.url.query.get("name", "")) % 40, "count": 100}},
    "worldtimeapi.org": {r"/api/timezone/(.+)": lambda _, zone: {
        "timezone": zone, "datetime": "2026-01-01T09:00:00.000000+00:00", "unixtime": 1_767_258_000}},
}


def api_answer(request):
    """What a known interface answers to GET, as a JSON value; None for anything else."""
    if request.method not in ("GET", "HEAD"):
        return None
    for pattern, give in APIS.get(request.url.host or "", {}).items():
        if found := re.fullmatch(pattern, request.url.path):
            return give(request, *found.groups())
    return None


def likely_answer(request):
    """What an interface that nobody knows may answer: one thing with the usual keys, or three for a plural."""
    path = request.url.path.rstrip("/")
    last = path.rpartition("/")[2]
    number = re.fullmatch(r"\d+", last)
    if number is None and re.search(r"[a-z]{2,}(?<!s)(?<!new)(?<!statu)s$", last):
        return [_thing(request, n, last[:-1]) for n in (1, 2, 3)]
    kind = path.split("/")[-2].rstrip("s") if number else last
    return _thing(request, int(number[0]) if number else 1, kind or "item")


def _thing(request, n: int, kind: str) -> dict:
    return {"id": n, "name": f"{kind} {n}", "title": f"{kind} {n}", "status": "ok", "message": "ok", "value": n,
            "url": str(request.url), "simulated": True}
