/*
 * The sandboxes bite: each is entered in a child, which tries what it must
 * not be able to do.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/sandbox.h"
#include "common/base/sanitized.h"
#include "tests/unit/test.h"

enum { BITES = !STET_SANITIZED };

static bool
refused(int result)
{
	return result < 0 && (errno == EPERM || errno == EACCES);
}

static bool
can_read(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void *
nothing(void *argument)
{
	return argument;
}

static bool
stdio_alone(void)
{
	char *const none[] = { NULL };
	pthread_t thread;
	struct err err;

	if (sandbox_stdio(&err) < 0)
		return false;
	return refused(open("/etc/passwd", O_RDONLY)) &&
		refused(open("made", O_WRONLY | O_CREAT, 0600)) &&
		refused(unlink("/etc/passwd")) &&
		refused(socket(AF_INET, SOCK_STREAM, 0)) &&
		refused(execve("/bin/true", none, none)) &&
		pthread_create(&thread, NULL, nothing, NULL) == 0 &&
		pthread_join(thread, NULL) == 0;
}

static bool
some_folders(void)
{
	static const char *const readable[] = { "/etc", "/no/such", NULL };
	static const char *const writable[] = { "build", NULL };
	char *const none[] = { NULL };
	struct err err;

	if (sandbox_folders(readable, writable, &err) < 0)
		return false;
	return can_read("/etc/passwd") && !can_read("/proc/self/status") &&
		refused(open("/etc/made", O_WRONLY | O_CREAT, 0600)) &&
		refused(socket(AF_INET, SOCK_STREAM, 0)) &&
		refused(execve("/bin/true", none, none));
}

/* Runs `try` in a child, for there is no way back out of a sandbox. */
static bool
in_a_child(bool (*try)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0)
		_exit(try() ? 0 : 1);
	return child > 0 && waitpid(child, &status, 0) == child &&
		WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int
main(void)
{
	if (!BITES) {
		printf("ok 1 - sandbox # skip not under AddressSanitizer\n");
		printf("1..1\n");
		return 0;
	}
	TEST(in_a_child(stdio_alone),
		"stdio: no file, no socket, no program, but threads");
	TEST(in_a_child(some_folders),
		"folders: those named and no other, no socket, no program");
	return test_done();
}
