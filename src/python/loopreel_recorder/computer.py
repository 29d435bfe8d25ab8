"""What a program learns of the computer: an ordinary Linux machine with four processors, wherever it really runs.

Pyodide is a machine of its own kind (`sys.platform == "emscripten"`) with error numbers that no book knows:
`[Errno 44] No such file or directory`. There they are put right where files are opened, and `errno` says the same.
"""
import builtins
import errno
import functools
import io
import os
import sys
import sysconfig

#: The platform's name is part of it.
_BUILD = sysconfig._get_sysconfigdata_name() if hasattr(sysconfig, "_get_sysconfigdata_name") else ""

PROCESSORS = 4

#: Linux's numbers (include/uapi/asm-generic/errno*.h) of the errors that programs meet.
_NUMBERS = dict(
    EPERM=1, ENOENT=2, ESRCH=3, EINTR=4, EIO=5, ENXIO=6, E2BIG=7, ENOEXEC=8, EBADF=9, ECHILD=10, EAGAIN=11,
    EWOULDBLOCK=11, ENOMEM=12, EACCES=13, EFAULT=14, EBUSY=16, EEXIST=17, EXDEV=18, ENODEV=19, ENOTDIR=20, EISDIR=21,
    EINVAL=22, ENFILE=23, EMFILE=24, ENOTTY=25, ETXTBSY=26, EFBIG=27, ENOSPC=28, ESPIPE=29, EROFS=30, EMLINK=31,
    EPIPE=32, EDOM=33, ERANGE=34, EDEADLK=35, ENAMETOOLONG=36, ENOLCK=37, ENOSYS=38, ENOTEMPTY=39, ELOOP=40,
    EPROTO=71, EOVERFLOW=75, ENOTSOCK=88, EDESTADDRREQ=89, EMSGSIZE=90, EPROTOTYPE=91, EADDRINUSE=98,
    EADDRNOTAVAIL=99, ENETDOWN=100, ENETUNREACH=101, ENETRESET=102, ECONNABORTED=103, ECONNRESET=104, ENOBUFS=105,
    EISCONN=106, ENOTCONN=107, ETIMEDOUT=110, ECONNREFUSED=111, EHOSTUNREACH=113, EALREADY=114, EINPROGRESS=115,
)
_FILE_CALLS = """
    open stat lstat listdir scandir mkdir remove unlink rename replace rmdir chdir access utime truncate readlink symlink
    link chmod read write close lseek fstat ftruncate pipe dup dup2 waitpid getcwd statvfs makedirs removedirs
""".split()


def patches() -> list:
    """What a block finds instead, as `(owner, name, value)`."""
    found = [(os, name, lambda: PROCESSORS) for name in ("cpu_count", "process_cpu_count") if hasattr(os, name)]
    return [*found, *_LINUX]


def _linux() -> list:
    linux = {getattr(errno, name): number for name, number in _NUMBERS.items() if hasattr(errno, name)}
    here = {number: own for own, number in linux.items()}

    def right(function):
        @functools.wraps(function)
        def call(*arguments, **options):
            try:
                return function(*arguments, **options)
            except OSError as error:
                if not hasattr(error, "_right") and error.errno in linux:
                    error.errno, error._right = linux[error.errno], True
                raise

        return call

    strerror = os.strerror
    opener = right(io.open)
    system = os.uname_result(("Linux", "localhost", "6.1.0", "#1 SMP", "x86_64"))
    return [
        (sys, "platform", "linux"),
        (sysconfig, "_get_sysconfigdata_name", lambda: _BUILD),
        (os, "uname", lambda: system),
        (os, "strerror", lambda number: strerror(here.get(number, number))),
        *((os, name, right(getattr(os, name))) for name in _FILE_CALLS if hasattr(os, name)),
        (io, "open", opener),
        (builtins, "open", opener),
        *((errno, name, number) for name, number in _NUMBERS.items()),
        (errno, "errorcode", {number: name for name, number in _NUMBERS.items() if name != "EWOULDBLOCK"}),
    ]


#: The same for all blocks: made once, and kept with the memory image.
_LINUX = _linux() if sys.platform == "emscripten" else []
