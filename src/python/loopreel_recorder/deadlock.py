"""Which of the tasks that can never go on wait for each other. `src/replay/deadlock.ts` draws the same rings."""
from .tasks import ANY_TASK


def ring(pending: list, resources) -> list:
    """The tasks of `pending` on a ring of waits, each followed by one that it waits for; empty if there is none: what
    they wait for is nobody's to give, or who could give it does not wait for them."""
    tasks = {task._number: task for task in pending}
    links = {number: _awaited(getattr(task, "_waits", None), resources) for number, task in tasks.items()}
    links = {number: [one for one in to if one in links] for number, to in links.items()}
    # A task that nobody waits for, or that waits for nobody, is on no ring.
    while loose := [number for number, to in links.items()
                    if not to or not any(number in others for others in links.values())]:
        for number in loose:
            del links[number]
        links = {number: [one for one in to if one in links] for number, to in links.items()}
    order: dict[int, None] = {}
    for number in links:
        while number is not None and number not in order:
            order[number] = None
            number = next((to for to in links[number] if to not in order), None)
    return [tasks[number] for number in order]


def _awaited(wait, resources) -> list[int]:
    """The numbers of the tasks that would have to do something before a wait can end."""
    if wait is None or wait.on is None:
        return []
    kind, number = wait.on
    if kind == "task":
        return [number]
    if kind == "resource":
        return resources.holders(number)
    if wait.composite is not None:
        return [item._number for item in wait.composite.futures if isinstance(item, ANY_TASK) and not item.done()]
    return []
