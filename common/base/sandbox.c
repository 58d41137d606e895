/*
 * Two fences. seccomp: a table of the system calls that a tool may make, and
 * for each of them who may; everything else is answered EPERM, or ENOSYS where
 * the C library then goes another way. Landlock: which paths. The table is
 * told in stet-security(7); where the system is OpenBSD's, its columns are
 * the promises "stdio", "stdio rpath wpath cpath flock fattr" and "stdio
 * rpath wpath cpath inet unix dns", and the paths are what unveil takes.
 */
#include "common/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/base/sanitized.h"

/* Who may make a call. */
enum who { STDIO = 1, FOLDERS = 2, NETWORK = 4, FILES = 6, ALL = 7 };

struct call {
	int number;
	enum who who;
};

static const struct call calls[] = {
	/* Descriptors that are open */
	{ SCMP_SYS(read), ALL }, { SCMP_SYS(write), ALL },
	{ SCMP_SYS(readv), ALL }, { SCMP_SYS(writev), ALL },
	{ SCMP_SYS(pread64), ALL }, { SCMP_SYS(pwrite64), ALL },
	{ SCMP_SYS(lseek), ALL }, { SCMP_SYS(_llseek), ALL },
	{ SCMP_SYS(close), ALL }, { SCMP_SYS(fstat), ALL },
	{ SCMP_SYS(fstat64), ALL }, { SCMP_SYS(dup), ALL },
	{ SCMP_SYS(dup2), ALL }, { SCMP_SYS(dup3), ALL },
	{ SCMP_SYS(fcntl), ALL }, { SCMP_SYS(fcntl64), ALL },
	{ SCMP_SYS(poll), ALL }, { SCMP_SYS(ppoll), ALL },
	{ SCMP_SYS(select), ALL }, { SCMP_SYS(pselect6), ALL },
	{ SCMP_SYS(pipe), ALL }, { SCMP_SYS(pipe2), ALL },
	{ SCMP_SYS(eventfd2), ALL }, { SCMP_SYS(epoll_create1), ALL },
	{ SCMP_SYS(epoll_ctl), ALL }, { SCMP_SYS(epoll_wait), ALL },
	{ SCMP_SYS(epoll_pwait), ALL },
	/* Memory, threads of its own, signals to itself */
	{ SCMP_SYS(brk), ALL }, { SCMP_SYS(munmap), ALL },
	{ SCMP_SYS(mremap), ALL }, { SCMP_SYS(madvise), ALL },
	{ SCMP_SYS(futex), ALL }, { SCMP_SYS(set_robust_list), ALL },
	{ SCMP_SYS(rseq), ALL }, { SCMP_SYS(exit), ALL },
	{ SCMP_SYS(exit_group), ALL }, { SCMP_SYS(sched_yield), ALL },
	{ SCMP_SYS(rt_sigaction), ALL }, { SCMP_SYS(rt_sigprocmask), ALL },
	{ SCMP_SYS(rt_sigreturn), ALL }, { SCMP_SYS(sigreturn), ALL },
	{ SCMP_SYS(sigaltstack), ALL }, { SCMP_SYS(restart_syscall), ALL },
	{ SCMP_SYS(rt_sigtimedwait), ALL }, { SCMP_SYS(signalfd4), ALL },
	/* What it may know */
	{ SCMP_SYS(getpid), ALL }, { SCMP_SYS(gettid), ALL },
	{ SCMP_SYS(getppid), ALL }, { SCMP_SYS(getuid), ALL },
	{ SCMP_SYS(geteuid), ALL }, { SCMP_SYS(getgid), ALL },
	{ SCMP_SYS(getegid), ALL }, { SCMP_SYS(getrandom), ALL },
	{ SCMP_SYS(getrusage), ALL }, { SCMP_SYS(uname), ALL },
	{ SCMP_SYS(sysinfo), ALL }, { SCMP_SYS(getcwd), FILES },
	{ SCMP_SYS(clock_gettime), ALL }, { SCMP_SYS(clock_getres), ALL },
	{ SCMP_SYS(clock_gettime64), ALL }, { SCMP_SYS(gettimeofday), ALL },
	{ SCMP_SYS(time), ALL }, { SCMP_SYS(nanosleep), ALL },
	{ SCMP_SYS(clock_nanosleep), ALL },
	{ SCMP_SYS(clock_nanosleep_time64), ALL },
	{ SCMP_SYS(futex_time64), ALL },
	/* Files, below the paths that Landlock leaves */
	{ SCMP_SYS(open), FILES }, { SCMP_SYS(openat), FILES },
	{ SCMP_SYS(stat), FILES }, { SCMP_SYS(lstat), FILES },
	{ SCMP_SYS(stat64), FILES }, { SCMP_SYS(lstat64), FILES },
	{ SCMP_SYS(newfstatat), FILES }, { SCMP_SYS(fstatat64), FILES },
	{ SCMP_SYS(statx), FILES }, { SCMP_SYS(access), FILES },
	{ SCMP_SYS(faccessat), FILES }, { SCMP_SYS(faccessat2), FILES },
	{ SCMP_SYS(readlink), FILES }, { SCMP_SYS(readlinkat), FILES },
	{ SCMP_SYS(getdents64), FILES }, { SCMP_SYS(getdents), FILES },
	{ SCMP_SYS(statfs), FILES }, { SCMP_SYS(fstatfs), FILES },
	{ SCMP_SYS(fadvise64), FILES }, { SCMP_SYS(flock), FILES },
	{ SCMP_SYS(ftruncate), FILES }, { SCMP_SYS(ftruncate64), FILES },
	{ SCMP_SYS(fallocate), FILES }, { SCMP_SYS(fsync), FILES },
	{ SCMP_SYS(fdatasync), FILES }, { SCMP_SYS(sync_file_range), FILES },
	{ SCMP_SYS(syncfs), FOLDERS }, { SCMP_SYS(msync), FILES },
	{ SCMP_SYS(umask), FILES },
	{ SCMP_SYS(rename), FILES }, { SCMP_SYS(renameat), FILES },
	{ SCMP_SYS(renameat2), FILES }, { SCMP_SYS(unlink), FILES },
	{ SCMP_SYS(unlinkat), FILES }, { SCMP_SYS(rmdir), FILES },
	{ SCMP_SYS(mkdir), FILES }, { SCMP_SYS(mkdirat), FILES },
	{ SCMP_SYS(chmod), FOLDERS }, { SCMP_SYS(fchmod), FILES },
	{ SCMP_SYS(fchown), FOLDERS }, { SCMP_SYS(utimensat), FILES },
	/* Giving up still more */
	{ SCMP_SYS(seccomp), FILES }, { SCMP_SYS(landlock_add_rule), FILES },
	{ SCMP_SYS(landlock_create_ruleset), FILES },
	{ SCMP_SYS(landlock_restrict_self), FILES },
	/* Connections that it makes */
	{ SCMP_SYS(socketpair), NETWORK }, { SCMP_SYS(connect), NETWORK },
	{ SCMP_SYS(bind), NETWORK }, { SCMP_SYS(getsockname), NETWORK },
	{ SCMP_SYS(getpeername), NETWORK }, { SCMP_SYS(sendto), NETWORK },
	{ SCMP_SYS(sendmsg), NETWORK }, { SCMP_SYS(sendmmsg), NETWORK },
	{ SCMP_SYS(recvfrom), NETWORK }, { SCMP_SYS(recvmsg), NETWORK },
	{ SCMP_SYS(recvmmsg), NETWORK }, { SCMP_SYS(setsockopt), NETWORK },
	{ SCMP_SYS(getsockopt), NETWORK }, { SCMP_SYS(shutdown), NETWORK },
};

/*
 * Of these an argument decides: allowed when `mask` of argument `arg` is
 * `value`. A call may stand here several times.
 */
static const struct {
	int number;
	enum who who;
	unsigned arg;
	uint64_t mask, value;
} guarded[] = {
	/* A thread, not a process */
	{ SCMP_SYS(clone), ALL, 0, CLONE_THREAD, CLONE_THREAD },
	/* No code that was not there at the start; of libraries for the
	 * resolver, but none that can be written */
	{ SCMP_SYS(mmap), STDIO | FOLDERS, 2, PROT_EXEC, 0 },
	{ SCMP_SYS(mmap2), STDIO | FOLDERS, 2, PROT_EXEC, 0 },
	{ SCMP_SYS(mprotect), STDIO | FOLDERS, 2, PROT_EXEC, 0 },
	{ SCMP_SYS(mmap), NETWORK, 2, PROT_WRITE, 0 },
	{ SCMP_SYS(mmap), NETWORK, 2, PROT_WRITE | PROT_EXEC, PROT_WRITE },
	{ SCMP_SYS(mprotect), NETWORK, 2, PROT_WRITE, 0 },
	{ SCMP_SYS(mprotect), NETWORK, 2, PROT_WRITE | PROT_EXEC, PROT_WRITE },
	/* What is open, by fstat's other name */
	{ SCMP_SYS(newfstatat), STDIO, 3, AT_EMPTY_PATH, AT_EMPTY_PATH },
	/* Its own limits and processors */
	{ SCMP_SYS(prlimit64), ALL, 0, UINT32_MAX, 0 },
	{ SCMP_SYS(sched_getaffinity), ALL, 0, UINT32_MAX, 0 },
	{ SCMP_SYS(prctl), ALL, 0, UINT32_MAX, PR_SET_NAME },
	{ SCMP_SYS(prctl), FILES, 0, UINT32_MAX, PR_SET_NO_NEW_PRIVS },
	/* Whether it is a terminal, how wide, and how much there is */
	{ SCMP_SYS(ioctl), ALL, 1, UINT32_MAX, TCGETS },
	{ SCMP_SYS(ioctl), ALL, 1, UINT32_MAX, TIOCGWINSZ },
	{ SCMP_SYS(ioctl), ALL, 1, UINT32_MAX, FIONREAD },
	{ SCMP_SYS(ioctl), ALL, 1, UINT32_MAX, FIONBIO },
	/* Internet, the resolver's own socket, and what interfaces there are */
	{ SCMP_SYS(socket), NETWORK, 0, UINT32_MAX, AF_INET },
	{ SCMP_SYS(socket), NETWORK, 0, UINT32_MAX, AF_INET6 },
	{ SCMP_SYS(socket), NETWORK, 0, UINT32_MAX, AF_UNIX },
	{ SCMP_SYS(socket), NETWORK, 0, UINT32_MAX, AF_NETLINK },
};

/* Without these the C library goes another way. */
static const int unknown[] = { SCMP_SYS(clone3), SCMP_SYS(openat2),
	SCMP_SYS(close_range), SCMP_SYS(epoll_pwait2), SCMP_SYS(membarrier),
	SCMP_SYS(preadv2), SCMP_SYS(pwritev2), SCMP_SYS(futex_waitv),
	SCMP_SYS(copy_file_range), SCMP_SYS(statx), SCMP_SYS(faccessat2) };

/* Numbers that no table knew when this was written. */
enum { NEW_FIRST = 450, NEW_LAST = 511 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* -EDOM, -EEXIST: not of this architecture, or there already. */
static int
settle(int rc)
{
	return rc == -EDOM || rc == -EEXIST ? 0 : rc;
}

static bool
in_table(int number, enum who who)
{
	for (size_t i = 0; i < COUNT(calls); i++)
		if (calls[i].number == number && (calls[i].who & who))
			return true;
	return false;
}

static int
add_unknown(scmp_filter_ctx filter, enum who who)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(unknown); i++)
		if (!in_table(unknown[i], who))
			rc = settle(seccomp_rule_add(filter,
				SCMP_ACT_ERRNO(ENOSYS), unknown[i], 0));
	for (int n = NEW_FIRST; rc == 0 && n <= NEW_LAST; n++)
		rc = settle(seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(ENOSYS), n, 0));
	return rc;
}

static int
add_rules(scmp_filter_ctx filter, enum who who)
{
	int rc = settle(seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		SCMP_SYS(tgkill), 1,
		SCMP_CMP(0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)));

	for (size_t i = 0; rc == 0 && i < COUNT(calls); i++)
		if (calls[i].who & who)
			rc = settle(seccomp_rule_add(filter, SCMP_ACT_ALLOW,
				calls[i].number, 0));
	for (size_t i = 0; rc == 0 && i < COUNT(guarded); i++)
		if (guarded[i].who & who)
			rc = settle(seccomp_rule_add(filter, SCMP_ACT_ALLOW,
				guarded[i].number, 1,
				SCMP_CMP(guarded[i].arg, SCMP_CMP_MASKED_EQ,
					guarded[i].mask, guarded[i].value)));
	return rc == 0 ? add_unknown(filter, who) : rc;
}

static int
load_filter(enum who who, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter ? 0 : -ENOMEM;

	if (rc == 0)
		rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	/* A tree of comparisons instead of a list, where it is known. */
	if (rc == 0)
		seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = add_rules(filter, who);
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc < 0 ? err_set(err, "cannot drop rights: %s",
				strerror(-rc)) : 0;
}

/* Landlock's rights by the version of its interface that brought them: the
 * header of an older system does not know the later ones. */
enum {
	REFER = 1 << 13,   /* 2: rename to another folder */
	TRUNCATE = 1 << 14, /* 3 */
	IOCTL_DEV = 1 << 15, /* 5 */
	BIND_TCP = 1,      /* 4 */
	CONNECT_TCP = 2,   /* 4 */
	SCOPES = 3,        /* 6: signals and abstract sockets of others */
	FIRST_RIGHTS = (1 << 13) - 1,
	READ_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE |
		LANDLOCK_ACCESS_FS_READ_DIR,
	FILE_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE |
		LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE,
	/* FIFOs and links too, to be moved aside; the calls that make them
	 * are refused. */
	WRITE_RIGHTS = (FIRST_RIGHTS & ~LANDLOCK_ACCESS_FS_EXECUTE &
		~LANDLOCK_ACCESS_FS_MAKE_CHAR &
		~LANDLOCK_ACCESS_FS_MAKE_BLOCK) | REFER | TRUNCATE
};

/* The kernel's struct landlock_ruleset_attr as it is by now. */
struct ruleset {
	uint64_t files, network, scopes;
};

static int
make_ruleset(struct ruleset *rules, enum who who)
{
	static const size_t sizes[] = { 0, 8, 8, 8, 16, 16, 24 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);

	if (abi < 1)
		return -1;
	*rules = (struct ruleset){ .files = FIRST_RIGHTS };
	if (abi >= 2)
		rules->files |= REFER;
	if (abi >= 3)
		rules->files |= TRUNCATE;
	if (abi >= 4)
		rules->network = BIND_TCP |
			(who == NETWORK ? 0 : CONNECT_TCP);
	if (abi >= 5)
		rules->files |= IOCTL_DEV;
	if (abi >= 6)
		rules->scopes = SCOPES;
	return (int)syscall(SYS_landlock_create_ruleset, rules,
		sizes[abi > 6 ? 6 : abi], 0);
}

static int
allow_below(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat st;
	int result = 0;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	/* A system that is short of something would take away a path that
	 * is there. */
	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == ENOTDIR ||
			errno == EACCES || errno == ELOOP ? 0 : -1;
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= FILE_RIGHTS;
	if (syscall(SYS_landlock_add_rule, ruleset,
		    LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
		result = -1;
	close(rule.parent_fd);
	return result;
}

static int
landlock(const char *const *read_paths, const char *const *write_paths,
	enum who who, struct err *err)
{
	struct ruleset rules;
	int fd = make_ruleset(&rules, who);
	int failed = 0;

	if (fd < 0)
		return 0; /* the kernel has none: seccomp is what there is */
	for (; !failed && read_paths && *read_paths; read_paths++)
		failed = allow_below(fd, *read_paths, READ_RIGHTS) < 0;
	for (; !failed && write_paths && *write_paths; write_paths++)
		failed = allow_below(fd, *write_paths,
				 WRITE_RIGHTS & rules.files) < 0;
	if (!failed)
		failed = syscall(SYS_landlock_restrict_self, fd, 0) < 0;
	if (failed)
		err_errno(err, "cannot drop rights");
	close(fd);
	return failed ? -1 : 0;
}

static int
confine(const char *const *read_paths, const char *const *write_paths,
	enum who who, struct err *err)
{
	if (STET_SANITIZED)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_errno(err, "cannot drop rights");
	if (landlock(read_paths, write_paths, who, err) < 0)
		return -1;
	return load_filter(who, err);
}

int
sandbox_stdio(struct err *err)
{
	return confine(NULL, NULL, STDIO, err);
}

int
sandbox_folders(const char *const *read_paths, const char *const *write_paths,
	struct err *err)
{
	return confine(read_paths, write_paths, FOLDERS, err);
}

int
sandbox_network(const char *const *read_paths, const char *const *write_paths,
	struct err *err)
{
	return confine(read_paths, write_paths, NETWORK, err);
}
