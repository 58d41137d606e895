/*
 * LD_PRELOAD: lets a call of the C library fail, the Nth of a kind in all the
 * processes of a command together.
 *
 *	FAILING_CALL	malloc, read, write, fsync, rename, link, open, mmap,
 *			ftruncate, mkdir, unlink, connect, socket, close,
 *			flock, stat, readdir
 *	FAILING_COUNT	a file of 16 bytes of zero: what is counted, and how
 *			often a call was made to fail
 *	FAILING_AT	which one fails; 0: none, they are only counted
 *	FAILING_HOW	an errno's name (EIO, ENOSPC, ENOMEM, EMFILE, EINTR),
 *			or "short": a read or write of one byte
 *	FAILING_ON	set: and every later one
 *
 * Diagnostics (descriptor 2) and what happens before main are left alone.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct count {
	uint64_t seen, failed;
};

static struct count *count;
static const char *call;
static uint64_t at;
static int how = EIO;
static bool on, short_one;

static const struct {
	const char *name;
	int number;
} errors[] = { { "EIO", EIO }, { "ENOSPC", ENOSPC }, { "ENOMEM", ENOMEM },
	{ "EMFILE", EMFILE }, { "ENFILE", ENFILE }, { "EINTR", EINTR },
	{ "EACCES", EACCES }, { "EROFS", EROFS }, { "EDQUOT", EDQUOT } };

__attribute__((constructor)) static void
begin(void)
{
	const char *name = getenv("FAILING_COUNT");
	const char *error = getenv("FAILING_HOW");
	long fd;

	call = getenv("FAILING_CALL");
	if (!name || !call)
		return;
	at = getenv("FAILING_AT") ? strtoull(getenv("FAILING_AT"), NULL, 10) :
				    0;
	on = getenv("FAILING_ON") != NULL;
	short_one = error && strcmp(error, "short") == 0;
	for (size_t i = 0; error && i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(error, errors[i].name) == 0)
			how = errors[i].number;
	fd = syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	count = (struct count *)syscall(SYS_mmap, NULL, sizeof(*count),
		PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	if (count == MAP_FAILED)
		count = NULL;
}

/* Whether this call is to fail. */
static bool
fails(const char *name)
{
	uint64_t n;

	if (!count || strcmp(call, name) != 0)
		return false;
	n = __atomic_add_fetch(&count->seen, 1, __ATOMIC_SEQ_CST);
	if (at == 0 || (n != at && !(on && n > at)))
		return false;
	__atomic_add_fetch(&count->failed, 1, __ATOMIC_SEQ_CST);
	errno = how;
	return true;
}

static void *
next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

#define REAL(type, name, ...) \
	static type (*real)(__VA_ARGS__); \
	if (!real) \
		*(void **)&real = next(name)

/* Bytes to go on with after a failure: 1 for a short one, else none. */
#define TRANSFER(kind, fd, size, ...) \
	do { \
		if ((fd) != 2 && fails(kind)) { \
			if (!short_one) \
				return -1; \
			size = (size) > 1 ? 1 : (size); \
		} \
		return syscall(__VA_ARGS__); \
	} while (0)

ssize_t
write(int fd, const void *b, size_t n)
{
	TRANSFER("write", fd, n, SYS_write, fd, b, n);
}

ssize_t
pwrite(int fd, const void *b, size_t n, off_t o)
{
	TRANSFER("write", fd, n, SYS_pwrite64, fd, b, n, o);
}

ssize_t
pwrite64(int fd, const void *b, size_t n, off_t o)
{
	TRANSFER("write", fd, n, SYS_pwrite64, fd, b, n, o);
}

ssize_t
writev(int fd, const struct iovec *v, int n)
{
	TRANSFER("write", fd, n, SYS_writev, fd, v, n);
}

ssize_t
read(int fd, void *b, size_t n)
{
	TRANSFER("read", fd, n, SYS_read, fd, b, n);
}

ssize_t
pread(int fd, void *b, size_t n, off_t o)
{
	TRANSFER("read", fd, n, SYS_pread64, fd, b, n, o);
}

ssize_t
pread64(int fd, void *b, size_t n, off_t o)
{
	TRANSFER("read", fd, n, SYS_pread64, fd, b, n, o);
}

#define PLAIN(kind, ...) \
	do { \
		if (fails(kind)) \
			return -1; \
		return (int)syscall(__VA_ARGS__); \
	} while (0)

int
fsync(int fd)
{
	PLAIN("fsync", SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	PLAIN("fsync", SYS_fdatasync, fd);
}

int
rename(const char *a, const char *b)
{
	PLAIN("rename", SYS_rename, a, b);
}

int
renameat(int x, const char *a, int y, const char *b)
{
	PLAIN("rename", SYS_renameat, x, a, y, b);
}

int
link(const char *a, const char *b)
{
	PLAIN("link", SYS_link, a, b);
}

int
linkat(int x, const char *a, int y, const char *b, int f)
{
	PLAIN("link", SYS_linkat, x, a, y, b, f);
}

int
unlink(const char *a)
{
	PLAIN("unlink", SYS_unlink, a);
}

int
unlinkat(int d, const char *a, int f)
{
	PLAIN("unlink", SYS_unlinkat, d, a, f);
}

int
rmdir(const char *a)
{
	PLAIN("unlink", SYS_rmdir, a);
}

int
mkdir(const char *p, mode_t m)
{
	PLAIN("mkdir", SYS_mkdir, p, m);
}

int
mkdirat(int d, const char *p, mode_t m)
{
	PLAIN("mkdir", SYS_mkdirat, d, p, m);
}

int
ftruncate(int fd, off_t n)
{
	PLAIN("ftruncate", SYS_ftruncate, fd, n);
}

int
ftruncate64(int fd, off_t n)
{
	PLAIN("ftruncate", SYS_ftruncate, fd, n);
}

int
flock(int fd, int operation)
{
	PLAIN("flock", SYS_flock, fd, operation);
}

int
socket(int a, int b, int c)
{
	PLAIN("socket", SYS_socket, a, b, c);
}

int
connect(int fd, const struct sockaddr *a, socklen_t n)
{
	PLAIN("connect", SYS_connect, fd, a, n);
}

/* The descriptor is closed all the same, as close(2) has it. */
int
close(int fd)
{
	bool bad = fd > 2 && fails("close");
	int saved = errno;
	int got = (int)syscall(SYS_close, fd);

	if (bad)
		errno = saved;
	return bad ? -1 : got;
}

#define OPEN(d, path) \
	do { \
		va_list args; \
		mode_t mode; \
		va_start(args, flags); \
		mode = flags & (O_CREAT | O_TMPFILE) ? \
			va_arg(args, mode_t) : 0; \
		va_end(args); \
		if (fails("open")) \
			return -1; \
		return (int)syscall(SYS_openat, d, path, flags, mode); \
	} while (0)

int
open(const char *path, int flags, ...)
{
	OPEN(AT_FDCWD, path);
}

int
open64(const char *path, int flags, ...)
{
	OPEN(AT_FDCWD, path);
}

int
openat(int d, const char *path, int flags, ...)
{
	OPEN(d, path);
}

int
openat64(int d, const char *path, int flags, ...)
{
	OPEN(d, path);
}

FILE *
fopen(const char *path, const char *mode)
{
	REAL(FILE *, "fopen", const char *, const char *);
	return fails("open") ? NULL : real(path, mode);
}

FILE *
fopen64(const char *path, const char *mode)
{
	REAL(FILE *, "fopen64", const char *, const char *);
	return fails("open") ? NULL : real(path, mode);
}

DIR *
opendir(const char *path)
{
	REAL(DIR *, "opendir", const char *);
	return fails("open") ? NULL : real(path);
}

DIR *
fdopendir(int fd)
{
	REAL(DIR *, "fdopendir", int);
	return fails("open") ? NULL : real(fd);
}

struct dirent *
readdir(DIR *dir)
{
	REAL(struct dirent *, "readdir", DIR *);
	return fails("readdir") ? NULL : real(dir);
}

struct dirent64 *
readdir64(DIR *dir)
{
	REAL(struct dirent64 *, "readdir64", DIR *);
	return fails("readdir") ? NULL : real(dir);
}

int
fflush(FILE *f)
{
	REAL(int, "fflush", FILE *);
	if (f == stderr || !f || !fails("write"))
		return real(f);
	f->_flags |= 0x20; /* as the C library notes an error */
	return EOF;
}

void *
mmap(void *p, size_t n, int prot, int flags, int fd, off_t o)
{
	if (fd >= 0 && fails("mmap"))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, p, n, prot, flags, fd, o);
}

void *
mmap64(void *p, size_t n, int prot, int flags, int fd, off_t o)
{
	return mmap(p, n, prot, flags, fd, o);
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *
malloc(size_t n)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_malloc(n);
}

void *
calloc(size_t a, size_t b)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(a, b);
}

void *
realloc(void *p, size_t n)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(p, n);
}
