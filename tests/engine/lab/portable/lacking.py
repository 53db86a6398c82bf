"""What Python has on Linux and macOS, and not on Windows."""

MODULES = (
    *("crypt", "curses", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource", "spwd", "syslog"),
    *("termios", "tty"),
)
NAMES = {
    "os": """chown chroot confstr fchdir fchmod fchown fork forkpty fstatvfs getegid geteuid getgid getgroups getloadavg
        getpgid getpgrp getpriority getresgid getresuid getsid getuid killpg lchown lockf major makedev memfd_create
        mkfifo mknod nice openpty pathconf pipe2 posix_spawn posix_spawnp pread preadv pwrite pwritev readv
        sched_getaffinity sched_setaffinity sendfile setegid seteuid setgid setgroups setpgid setpriority setregid
        setreuid setsid setuid statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4 waitid writev
        O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK WNOHANG""",
    "signal": """alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigtimedwait
        sigwait sigwaitinfo SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2
        SIGWINCH""",
    "select": "poll epoll kqueue",
    "socket": "AF_UNIX CMSG_LEN CMSG_SPACE SCM_RIGHTS recv_fds send_fds sethostname",
}
KEPT = ("posix", "O_CLOEXEC", "WNOHANG")  # the standard library as it is on Linux cannot do without them
EVERYTHING = frozenset(f"{module}.{name}" for module, names in NAMES.items() for name in names.split())
