"""`datetime.datetime` and `datetime.date` that look at the virtual clock."""
import datetime
import sys
import warnings

#: Python 3.12's words (Modules/_datetimemodule.c, datetime_utcnow).
_UTCNOW = ("datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware "
           "objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).")


def datetime_class(clock):
    real = datetime.datetime

    class Meta(type(real)):
        def __instancecheck__(cls, instance):
            return isinstance(instance, real)

        def __subclasscheck__(cls, kind):
            return issubclass(kind, real)

    class Datetime(real, metaclass=Meta):
        """`datetime.datetime` whose now is the virtual clock's."""

        @classmethod
        def now(cls, tz=None):
            clock.looked_at(sys._getframe(1))
            moment = real.fromtimestamp(0, datetime.timezone.utc) + datetime.timedelta(
                microseconds=(clock.time_ns()) // 1000)
            moment = moment.astimezone(tz) if tz is not None else moment.replace(tzinfo=None)
            return cls(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second,
                       moment.microsecond, moment.tzinfo, fold=moment.fold)

        @classmethod
        def utcnow(cls):
            if sys.version_info >= (3, 12):
                warnings.warn(_UTCNOW, DeprecationWarning, stacklevel=2)
            return cls.now()

        @classmethod
        def today(cls):
            return cls.now()

    Datetime.__module__, Datetime.__qualname__, Datetime.__name__ = "datetime", "datetime", "datetime.datetime"
    return Datetime


def date_class(clock):
    real = datetime.date

    class Meta(type(real)):
        def __instancecheck__(cls, instance):
            return isinstance(instance, real)

        def __subclasscheck__(cls, kind):
            return issubclass(kind, real)

    class Date(real, metaclass=Meta):
        @classmethod
        def today(cls):
            days = (clock.time_ns()) // (86_400 * 10**9)
            moment = real(1970, 1, 1) + datetime.timedelta(days=days)
            return cls(moment.year, moment.month, moment.day)

    Date.__module__, Date.__qualname__, Date.__name__ = "datetime", "date", "datetime.date"
    return Date
