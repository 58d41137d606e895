/*
 * Parameters that say where a reader came from and not what the page is.
 * Sorted into exact names and beginnings; compared with A-Z as a-z. A name
 * belongs here only when it means the same on every site: what one site uses
 * for tracking and another for the article's number ("id", "cid", "ref",
 * "source", "s") is left to the user's own patterns.
 */
#include "common/web/urlkey.h"

static const struct str beginnings[] = {
	STR_INIT("utm_"),     /* Google Analytics and everybody since */
	STR_INIT("mtm_"),     /* Matomo */
	STR_INIT("matomo_"),
	STR_INIT("piwik_"),
	STR_INIT("pk_"),
	STR_INIT("hsa_"),     /* HubSpot */
	STR_INIT("itm_"),     /* internal campaigns */
	STR_INIT("at_custom"), /* AT Internet (the BBC) */
	STR_INIT("at_link_"),
	STR_INIT("guce_referrer"), /* Yahoo */
	STR_INIT("vero_"),
	STR_INIT("oly_"),
	STR_INIT("ns_mchannel"),
	STR_INIT("ns_source"),
	STR_INIT("ns_campaign"),
	STR_INIT("ns_linkname"),
	STR_INIT("amp_"), /* of the AMP viewer */
};

static const struct str names[] = {
	/* click numbers of advertisers and networks */
	STR_INIT("fbclid"), STR_INIT("gclid"), STR_INIT("gclsrc"),
	STR_INIT("dclid"), STR_INIT("gbraid"), STR_INIT("wbraid"),
	STR_INIT("msclkid"), STR_INIT("twclid"), STR_INIT("yclid"),
	STR_INIT("ysclid"), STR_INIT("ttclid"), STR_INIT("li_fat_id"),
	STR_INIT("igshid"), STR_INIT("igsh"), STR_INIT("srsltid"),
	STR_INIT("epik"), STR_INIT("rdt_cid"), STR_INIT("scclid"),
	STR_INIT("sccid"), STR_INIT("irclickid"), STR_INIT("rb_clickid"),
	STR_INIT("tblci"), STR_INIT("obclid"), STR_INIT("zanpid"),
	STR_INIT("gad_source"), STR_INIT("gad_campaignid"),
	STR_INIT("_ga"), STR_INIT("_gl"), STR_INIT("_openstat"),
	/* newsletters and mail */
	STR_INIT("mc_cid"), STR_INIT("mc_eid"), STR_INIT("_hsenc"),
	STR_INIT("_hsmi"), STR_INIT("__hssc"), STR_INIT("__hstc"),
	STR_INIT("__hsfp"), STR_INIT("hsctatracking"), STR_INIT("mkt_tok"),
	STR_INIT("_ke"), STR_INIT("_kx"), STR_INIT("trk_contact"),
	STR_INIT("trk_msg"), STR_INIT("trk_module"), STR_INIT("trk_sid"),
	STR_INIT("ml_subscriber"), STR_INIT("ml_subscriber_hash"),
	STR_INIT("sc_campaign"), STR_INIT("sc_channel"),
	STR_INIT("sc_content"), STR_INIT("sc_medium"), STR_INIT("sc_outcome"),
	STR_INIT("sc_country"), STR_INIT("bsft_eid"), STR_INIT("bsft_clkid"),
	/* campaigns of analytics products and publishers */
	STR_INIT("cmpid"), STR_INIT("cmp_id"), STR_INIT("cmp"),
	STR_INIT("campaign_id"), STR_INIT("wt_mc"), STR_INIT("wt_zmc"),
	STR_INIT("wt.mc_id"), STR_INIT("xtor"), STR_INIT("ocid"),
	STR_INIT("icid"), STR_INIT("ncid"), STR_INIT("s_cid"),
	STR_INIT("ns_fee"), STR_INIT("at_medium"), STR_INIT("at_campaign"),
	STR_INIT("at_campaign_type"), STR_INIT("at_bbc_team"),
	STR_INIT("at_format"), STR_INIT("at_ptr_name"),
	STR_INIT("at_creation"), STR_INIT("smid"), STR_INIT("smtyp"),
	STR_INIT("fsrc"), STR_INIT("ito"), STR_INIT("taid"),
	STR_INIT("ftag"), STR_INIT("wpisrc"), STR_INIT("wpmm"),
	STR_INIT("itid"), STR_INIT("srnd"), STR_INIT("sref"),
	STR_INIT("soc_src"), STR_INIT("soc_trk"), STR_INIT("ref_src"),
	STR_INIT("ref_url"), STR_INIT("reflink"), STR_INIT("refsrc"),
	STR_INIT("trkcampaign"), STR_INIT("sara_ecid"),
	STR_INIT("sara_ref"), STR_INIT("guccounter"),
	STR_INIT("__twitter_impression"), STR_INIT("__source"),
	STR_INIT("usqp"), STR_INIT("spm"), STR_INIT("scm"),
	STR_INIT("share_token"), STR_INIT("feedtype"), STR_INIT("feedname"),
	/* sessions */
	STR_INIT("phpsessid"), STR_INIT("jsessionid"),
	STR_INIT("aspsessionid"),
};

bool
urlkey_is_tracking(struct str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (str_starts_nocase(name, beginnings[i]))
			return true;
	return false;
}
