#include "cmd/fetch/failure.h"

static const struct failure_info infos[] = {
	[FAILURE_NONE] = { "none", 0, "" },
	[FAILURE_DNS] = { "dns", -1, "the name does not resolve" },
	[FAILURE_CONNECT] = { "connect", -2, "cannot connect" },
	[FAILURE_TLS] = { "tls", -2, "no trustworthy TLS connection" },
	[FAILURE_LOST] = { "lost", -3, "the connection was lost" },
	[FAILURE_TIMEOUT] = { "timeout", -4, "no response in time" },
	[FAILURE_MALFORMED] = { "malformed", -5, "the response is no HTTP" },
	[FAILURE_HEADERS] = { "headers", -5003, "the headers are too large" },
	[FAILURE_OTHER] = { "other", -5, "the fetch failed" },
	[FAILURE_BAD_URL] = { "bad-url", -7, "not a URL to be fetched" },
	[FAILURE_BAD_PORT] = { "bad-port", -5001, "the port is refused" },
	[FAILURE_ADDRESS] = { "address", -5001,
		"the address is not public (see --allow-net; "
		"in an archive: stet.allowNet)" },
	[FAILURE_CONTACT] = { "contact", -5001,
		"the address is public and there is no contact (see "
		"--contact; in an archive: stet.contact)" },
	[FAILURE_ROBOTS] = { "robots", -9998, "robots.txt forbids it" },
	[FAILURE_NO_ROBOTS] = { "robots-unreachable", -61,
		"robots.txt cannot be read" },
	[FAILURE_REDIRECTS] = { "redirects", -4001, "too many redirects" },
	[FAILURE_LOOP] = { "redirect-loop", -4001,
		"redirects lead in a circle" },
	[FAILURE_HOST_DOWN] = { "host-down", -8,
		"the host failed too often in a row" },
	[FAILURE_DEFERRED] = { "deferred", -50,
		"the host asked to be left alone" }
};

const struct failure_info *
failure_info(enum failure failure)
{
	return &infos[failure];
}
