// Two filters, as tables. The one of a judged program names what is allowed: what ThreadSanitizer,
// valgrind, the explorer and the drivers of the course call (measured with strace), and what the
// library functions call that the inspection lets answers use (grade/tamper/tamper_rules.c).
// Whoever allows a function there looks here whether the kernel is asked for something new.
//
// Not in it, among others: keyrings, other namespaces, mounts, ptrace, bpf, io_uring, memory that
// counts as nobody's (memfd_create, System V).
#define _GNU_SOURCE
#include "filter.h"

#include "base/files.h"
#include "base/text.h"

#include <asm/termbits.h> // for TCGETS2
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

// ---- What a program may do ----

static const char *const allowed[] = {
    // memory
    "brk", "madvise", "mincore", "mmap", "mprotect", "mremap", "munmap", "membarrier",
    // threads, processes, and their ends
    "arch_prctl", "execve", "exit", "exit_group", "fork", "vfork", "futex", "futex_wait",
    "futex_wake", "get_robust_list", "set_robust_list", "set_tid_address", "rseq", "wait4",
    "waitid", "restart_syscall", "personality",
    // signals: a tool's own, and abort
    "kill", "tgkill", "tkill", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo",
    "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "rt_tgsigqueueinfo", "sigaltstack", "pause",
    // time and scheduling
    "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "gettimeofday",
    "nanosleep", "setitimer", "time", "times", "timer_create", "timer_delete", "timer_getoverrun",
    "timer_gettime", "timer_settime", "timerfd_create", "timerfd_gettime", "timerfd_settime",
    "getcpu", "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity",
    "sched_getparam", "sched_getscheduler", "sched_setaffinity", "sched_setparam",
    "sched_setscheduler", "sched_yield",
    // files and pipes
    "access", "faccessat", "faccessat2", "chdir", "close", "close_range", "dup", "dup2", "dup3",
    "fcntl", "flock", "fstat", "fstatfs", "fsync", "ftruncate", "getcwd", "getdents", "getdents64",
    "getxattr", "lgetxattr", "lseek", "lstat", "mkdir", "mkdirat", "newfstatat", "open", "openat",
    "pipe", "pipe2", "pread64", "preadv", "pwrite64", "pwritev", "read", "readlink", "readlinkat",
    "link", "linkat", "readv", "rename", "renameat", "renameat2", "rmdir", "stat", "statfs",
    "statx", "umask", "unlink", "unlinkat", "write", "writev",
    // waiting for descriptors, sockets within the sandbox
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd",
    "eventfd2", "poll", "ppoll", "pselect6", "select", "_newselect", "signalfd", "signalfd4",
    "accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen",
    "recvfrom", "recvmmsg", "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shutdown",
    // who and where one is
    "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid", "getppid",
    "getpriority", "getrandom", "getresgid", "getresuid", "getrlimit", "getrusage", "getsid",
    "gettid", "getuid", "prlimit64", "setrlimit", "setsid", "sysinfo", "uname"};

// Calls of which only some forms are allowed: the argument, under the mask, must be this value.
static const struct {
    const char *name;
    unsigned argument;
    uint64_t mask, value;
} forms[] = {
    {"socket", 0, UINT32_MAX, AF_UNIX},
    {"socket", 0, UINT32_MAX, AF_INET},
    {"socket", 0, UINT32_MAX, AF_INET6},
    {"socketpair", 0, UINT32_MAX, AF_UNIX},
    {"ioctl", 1, UINT32_MAX, TCGETS},
    {"ioctl", 1, UINT32_MAX, TCGETS2}, // what glibc 2.42 asks whether it writes to a terminal
    {"ioctl", 1, UINT32_MAX, TIOCGWINSZ},
    {"ioctl", 1, UINT32_MAX, FIONREAD},
    {"ioctl", 1, UINT32_MAX, FIONBIO},
    {"prctl", 0, UINT32_MAX, PR_SET_NAME},
    {"prctl", 0, UINT32_MAX, PR_GET_NAME},
    {"prctl", 0, UINT32_MAX, PR_SET_DUMPABLE},
    {"prctl", 0, UINT32_MAX, PR_GET_DUMPABLE},
    {"prctl", 0, UINT32_MAX, PR_SET_PDEATHSIG},
    {"prctl", 0, UINT32_MAX, PR_SET_VMA}, // names of mappings
    {"prctl", 0, UINT32_MAX, 0x59616d61}, // PR_SET_PTRACER: sanitizers, for their symbolizer
};

// ---- What no tool does ----

static const char *const denied[] = {"_sysctl",
                                     "acct",
                                     "add_key",
                                     "bpf",
                                     "chroot",
                                     "delete_module",
                                     "finit_module",
                                     "fsconfig",
                                     "fsmount",
                                     "fsopen",
                                     "fspick",
                                     "init_module",
                                     "io_uring_enter",
                                     "io_uring_register",
                                     "io_uring_setup",
                                     "ioperm",
                                     "iopl",
                                     "kcmp",
                                     "kexec_file_load",
                                     "kexec_load",
                                     "keyctl",
                                     "mount",
                                     "mount_setattr",
                                     "move_mount",
                                     "name_to_handle_at",
                                     "nfsservctl",
                                     "open_by_handle_at",
                                     "open_tree",
                                     "perf_event_open",
                                     "pivot_root",
                                     "process_vm_readv",
                                     "process_vm_writev",
                                     "ptrace",
                                     "quotactl",
                                     "quotactl_fd",
                                     "reboot",
                                     "request_key",
                                     "setns",
                                     "swapoff",
                                     "swapon",
                                     "syslog",
                                     "umount",
                                     "umount2",
                                     "unshare",
                                     "uselib",
                                     "userfaultfd",
                                     "vhangup"};

static const uint64_t namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                   CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

// ---- Making them ----

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// A call that this kernel or processor does not have needs no rule.
static bool add_rule(scmp_filter_ctx context, uint32_t action, const char *name,
                     const struct scmp_arg_cmp *argument)
{
    int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR)
        return true;
    int status = argument ? seccomp_rule_add_array(context, action, number, 1, argument)
                          : seccomp_rule_add_array(context, action, number, 0, NULL);
    return status == 0 || status == -EDOM;
}

static bool add_names(scmp_filter_ctx context, uint32_t action, const char *const *names,
                      size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good = good && add_rule(context, action, names[i], NULL);
    return good;
}

static bool fill_program(scmp_filter_ctx context)
{
    const struct scmp_arg_cmp plain = {0, SCMP_CMP_MASKED_EQ, namespaces, 0};
    bool good = add_names(context, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) &&
                add_rule(context, SCMP_ACT_ALLOW, "clone", &plain);
    for (size_t i = 0; i < COUNT(forms); i++) {
        const struct scmp_arg_cmp form = {forms[i].argument, SCMP_CMP_MASKED_EQ, forms[i].mask,
                                          forms[i].value};
        good = good && add_rule(context, SCMP_ACT_ALLOW, forms[i].name, &form);
    }
    return good;
}

static bool fill_tools(scmp_filter_ctx context)
{
    bool good = add_names(context, SCMP_ACT_ERRNO(EPERM), denied, COUNT(denied));
    for (uint64_t flag = 1; flag && good; flag <<= 1) {
        const struct scmp_arg_cmp set = {0, SCMP_CMP_MASKED_EQ, flag, flag};
        if (namespaces & flag)
            good = add_rule(context, SCMP_ACT_ERRNO(EPERM), "clone", &set);
    }
    return good;
}

// clone3 hides its flags in memory, where no filter sees them: without it libraries take clone.
static scmp_filter_ctx make_filter(enum filter filter)
{
    bool program = filter == FILTER_PROGRAM;
    scmp_filter_ctx context = seccomp_init(program ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ALLOW);
    if (context && add_rule(context, SCMP_ACT_ERRNO(ENOSYS), "clone3", NULL) &&
        (program ? fill_program(context) : fill_tools(context)))
        return context;
    if (context)
        seccomp_release(context);
    return NULL;
}

struct bytes {
    char *bytes;
    size_t size;
};

static struct bytes made[2];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_back(int file, struct bytes *bytes)
{
    off_t size = lseek(file, 0, SEEK_END);
    char *room = size > 0 ? malloc((size_t)size) : NULL;
    if (room && pread(file, room, (size_t)size, 0) == size)
        *bytes = (struct bytes){room, (size_t)size};
    else
        free(room);
}

static void make_all(void)
{
    for (int filter = FILTER_TOOLS; filter <= FILTER_PROGRAM; filter++) {
        scmp_filter_ctx context = make_filter((enum filter)filter);
        int file = memfd_create("filter", MFD_CLOEXEC);
        if (context && file >= 0 && seccomp_export_bpf(context, file) == 0)
            read_back(file, &made[filter]);
        if (file >= 0)
            close(file);
        if (context)
            seccomp_release(context);
    }
}

const char *filter_program(enum filter filter, size_t *size, struct problem *problem)
{
    pthread_once(&once, make_all);
    *size = made[filter].size;
    if (!made[filter].bytes)
        problem_set(problem, "the filter of system calls cannot be made (libseccomp)");
    return made[filter].bytes;
}
