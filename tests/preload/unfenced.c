/*
 * LD_PRELOAD: seccomp without effect, for a command under valgrind, which
 * makes system calls of its own in the command's place.
 */
int seccomp_load(void *filter);
int seccomp_attr_set(void *filter, int attribute, unsigned value);

int
seccomp_load(void *filter)
{
	(void)filter;
	return 0;
}

int
seccomp_attr_set(void *filter, int attribute, unsigned value)
{
	(void)filter;
	(void)attribute;
	(void)value;
	return 0;
}
