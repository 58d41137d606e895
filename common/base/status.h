/*
 * The exit statuses of every command: they say who must act.
 */
#ifndef STET_STATUS_H
#define STET_STATUS_H

enum status {
	STATUS_OK = 0,      /* all records done */
	STATUS_PARTIAL = 1, /* some records failed, the output is valid */
	STATUS_USAGE = 2,   /* usage or configuration */
	STATUS_STOPPED = 3, /* stopped early, the output is incomplete */
	STATUS_BUSY = 4     /* somebody else holds the lock: run again */
};

#endif
