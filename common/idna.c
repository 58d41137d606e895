#include "common/idna.h"

#include <idn2.h>

#include "common/ascii.h"

/* Whether the domain is ASCII without labels that begin with "xn--". */
static bool
is_plain(struct str domain)
{
	struct str label;

	for (size_t i = 0; i < domain.len; i++)
		if ((unsigned char)domain.ptr[i] > 127)
			return false;
	while (str_field(&label, &domain, '.'))
		if (str_starts_nocase(label, STR("xn--")))
			return false;
	return true;
}

int
idna_to_ascii(struct strbuf *out, struct str domain, struct err *err)
{
	uint8_t *ascii = NULL;
	struct strbuf copy;
	int got;

	if (is_plain(domain)) {
		for (size_t i = 0; i < domain.len; i++)
			strbuf_addc(out, ascii_to_lower(domain.ptr[i]));
		return domain.len ? 0 : err_set(err, "empty host");
	}
	if (str_find_byte(domain, '\0') >= 0)
		return err_set(err, "NUL in host");
	strbuf_init(&copy, SIZE_MAX / 4);
	strbuf_adds(&copy, domain);
	got = idn2_lookup_u8((uint8_t *)copy.ptr, &ascii,
		IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	strbuf_release(&copy);
	if (got != IDN2_OK)
		return err_set(err, "bad host: %s", idn2_strerror(got));
	strbuf_adds(out, str_from((char *)ascii));
	idn2_free(ascii);
	return out->len ? 0 : err_set(err, "empty host");
}
