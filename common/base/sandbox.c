#include "common/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that files and folders can be given under Landlock's first ABI. */
enum {
	READ_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE |
		LANDLOCK_ACCESS_FS_READ_DIR,
	FILE_RIGHTS = LANDLOCK_ACCESS_FS_READ_FILE |
		LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE,
	ALL_RIGHTS = (1 << 13) - 1
};

static const int network_calls[] = { SCMP_SYS(socket), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
	SCMP_SYS(accept4) };

static const int server_calls[] = { SCMP_SYS(listen), SCMP_SYS(accept),
	SCMP_SYS(accept4) };

static const int program_calls[] = { SCMP_SYS(execve), SCMP_SYS(execveat),
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_writev), SCMP_SYS(kexec_load),
	SCMP_SYS(bpf), SCMP_SYS(mount), SCMP_SYS(setuid), SCMP_SYS(setgid),
	SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(io_uring_setup) };

static const int file_calls[] = { SCMP_SYS(open), SCMP_SYS(openat),
	SCMP_SYS(openat2), SCMP_SYS(creat), SCMP_SYS(open_by_handle_at),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
	SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link),
	SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat),
	SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir),
	SCMP_SYS(truncate), SCMP_SYS(chmod), SCMP_SYS(fchmodat),
	SCMP_SYS(chown), SCMP_SYS(fchownat), SCMP_SYS(kill),
	SCMP_SYS(pidfd_open), SCMP_SYS(readlink), SCMP_SYS(readlinkat) };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int
refuse(scmp_filter_ctx filter, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int rc = seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0);

		/* -EDOM: this architecture does not have the call. */
		if (rc < 0 && rc != -EDOM)
			return rc;
	}
	return 0;
}

static int
load_filter(const int *more, size_t more_count, const int *network,
	size_t network_count, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int rc = filter ? 0 : -ENOMEM;

	if (rc == 0)
		rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (rc == 0)
		rc = refuse(filter, network, network_count);
	if (rc == 0)
		rc = refuse(filter, program_calls, COUNT(program_calls));
	if (rc == 0)
		rc = refuse(filter, more, more_count);
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc < 0 ? err_set(err, "cannot drop rights: %s",
				strerror(-rc)) : 0;
}

static int
allow_below(int ruleset, const char *path, unsigned long long rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat st;
	int result = 0;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return 0;
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
	struct err *err)
{
	struct landlock_ruleset_attr rules = { .handled_access_fs =
						       ALL_RIGHTS };
	int fd = (int)syscall(
		SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
	int failed = 0;

	if (fd < 0)
		return 0; /* the kernel has none: seccomp is what there is */
	for (; !failed && read_paths && *read_paths; read_paths++)
		failed = allow_below(fd, *read_paths, READ_RIGHTS) < 0;
	for (; !failed && write_paths && *write_paths; write_paths++)
		failed = allow_below(fd, *write_paths, ALL_RIGHTS) < 0;
	if (!failed)
		failed = syscall(SYS_landlock_restrict_self, fd, 0) < 0;
	if (failed)
		err_errno(err, "cannot drop rights");
	close(fd);
	return failed ? -1 : 0;
}

#if defined(__SANITIZE_ADDRESS__)
#define WANTED 0
#else
#define WANTED 1
#endif

int
sandbox_stdio(struct err *err)
{
	if (!WANTED)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_errno(err, "cannot drop rights");
	if (landlock(NULL, NULL, err) < 0)
		return -1;
	return load_filter(file_calls, COUNT(file_calls), network_calls,
		COUNT(network_calls), err);
}

int
sandbox_folders(const char *const *read_paths, const char *const *write_paths,
	struct err *err)
{
	if (!WANTED)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_errno(err, "cannot drop rights");
	if (landlock(read_paths, write_paths, err) < 0)
		return -1;
	return load_filter(
		NULL, 0, network_calls, COUNT(network_calls), err);
}

int
sandbox_network(const char *const *read_paths, const char *const *write_paths,
	struct err *err)
{
	if (!WANTED)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_errno(err, "cannot drop rights");
	if (landlock(read_paths, write_paths, err) < 0)
		return -1;
	return load_filter(NULL, 0, server_calls, COUNT(server_calls), err);
}
