#include "cmd/extract/words/wallwords.h"

static const char *const bot[] = { "just a moment", "attention required",
	"are you a robot", "are you human", "robot or human",
	"verify you are human", "verify you are a human",
	"verifying you are human", "checking your browser",
	"check if the site connection is secure", "security check",
	"pardon our interruption", "request unsuccessful",
	"access to this page has been denied", "access denied",
	"you have been blocked", "unusual traffic", "automated access",
	"enable cookies and reload", "complete the captcha",
	"press & hold", "press and hold to confirm", "ddos protection",
	"bot verification", "human verification", "please verify",
	"zugriff verweigert", "sind sie ein mensch", "sicherheitsüberprüfung",
	"accès refusé", "accès temporairement restreint",
	"acceso denegado", "acesso negado", "accesso negato",
	"toegang geweigerd", "доступ запрещ",
	"доступ огранич",
	"вы не робот",
	"安全验证", "人机验证", NULL };

static const char *const consent[] = { "before you continue",
	"we value your privacy", "we care about your privacy",
	"your privacy choices", "cookie consent", "cookie settings",
	"privacy settings", "accept all", "accept and continue",
	"manage preferences", "agree and continue",
	"we and our partners", "wir und unsere partner",
	"alle akzeptieren", "akzeptieren und weiter", "zustimmen und weiter",
	"mit werbung weiterlesen", "ihre privatsphäre",
	"datenschutzeinstellungen", "cookies zustimmen",
	"nous et nos partenaires", "tout accepter", "continuer sans accepter",
	"accepter et continuer", "respect de votre vie privée",
	"nosotros y nuestros socios", "aceptar todo", "aceptar y continuar",
	"accetta tutto", "accetta e continua", "noi e i nostri partner",
	"accepteer", "akkoord en doorgaan", "aceitar tudo",
	"zaakceptuj", "przejdź do serwisu", "godta alle", "acceptera alla",
	"hyväksy kaikki", "tillad alle", "přijmout vše",
	"elfogadom", "принять все", NULL };

static const char *const cookie[] = { "cookie", "consent", "partner",
	"privacy", "personal data", "personalis", "personaliz",
	"einwilligung", "datenschutz", "zustimm", "legitimate interest",
	"berechtigt", "consentement", "données personnelles",
	"consentimiento", "datos personales", "consenso", "dati personali",
	"toestemming", "persoonsgegevens", "vendor", "tracking", "werbung",
	NULL };

static const char *const paywall[] = { "subscribe to continue",
	"subscribe to read", "to continue reading", "continue reading with",
	"subscribers only", "for subscribers", "subscriber-only",
	"already a subscriber", "log in to continue", "sign in to continue",
	"create a free account", "register to continue",
	"unlock this article", "this article is for", "start your free trial",
	"become a member to", "premium content", "get unlimited access",
	"jetzt weiterlesen", "weiterlesen mit", "jetzt abonnieren",
	"bereits abonnent", "nur für abonnenten", "exklusiv für abonnenten",
	"diesen artikel weiterlesen", "um den artikel zu lesen",
	"réservé aux abonnés", "réservée aux abonnés",
	"abonnez-vous", "déjà abonné", "pour lire la suite",
	"contenido exclusivo para suscriptores", "solo para suscriptores",
	"suscríbete para", "para seguir leyendo", "ya eres suscriptor",
	"contenuto riservato agli abbonati", "abbonati per", "sei già abbonato",
	"exclusivo para assinantes", "assine para", "já é assinante",
	"alleen voor abonnees", "word abonnee", "al abonnee",
	"kun for abonnenter", "bare for abonnenter", "bli abonnent",
	"för prenumeranter", "bli prenumerant", "vain tilaajille",
	"tylko dla prenumerator", "для подписчик",
	"有料会員限定", "この記事は有料",
	NULL };

static const char *const not_found[] = { "page not found", "not found",
	"404", "page doesn't exist", "page doesn’t exist",
	"page does not exist", "page you requested", "page you are looking for",
	"page you're looking for", "page you’re looking for",
	"no longer available", "page unavailable", "article not available",
	"content not available", "page can't be found",
	"page can’t be found", "page cannot be found",
	"we can't find", "we can’t find", "could not be found",
	"couldn't find", "couldn’t find", "nothing found",
	"oops", "has been removed", "error page",
	"seite nicht gefunden", "nicht gefunden", "seite existiert nicht",
	"nicht mehr verfügbar", "artikel nicht verfügbar",
	"page introuvable", "page non trouvée", "n'existe pas",
	"n’existe pas", "introuvable", "página no encontrada",
	"no encontrad", "no existe", "página não encontrada",
	"não encontrad", "pagina non trovata", "non trovat",
	"pagina niet gevonden", "niet gevonden", "bestaat niet",
	"sidan hittades inte", "hittades inte", "kunne ikke finnes",
	"siden finnes ikke", "siden blev ikke fundet", "ikke fundet",
	"sivua ei löydy", "ei löytynyt", "nie znaleziono",
	"strona nie istnieje", "stránka nenalezena", "nenalezen",
	"nem található", "sayfa bulunamadı", "bulunamadı",
	"не найден", "не знайден",
	"ご指定のページ", "見つかりません",
	"页面不存在", "找不到", NULL };

static const char *const javascript[] = { "enable javascript",
	"javascript is required", "javascript is disabled",
	"requires javascript", "javascript to run this app",
	"javascript aktivieren", "aktivieren sie javascript",
	"activer javascript", "activez javascript", "habilite javascript",
	"activar javascript", "abilita javascript", "ative o javascript",
	"javascript inschakelen", "slå på javascript",
	"włącz javascript", "включите javascript",
	NULL };

static const char *const *const lists[WALLWORDS_KINDS] = {
	[WALLWORDS_BOT] = bot, [WALLWORDS_CONSENT] = consent,
	[WALLWORDS_COOKIE] = cookie, [WALLWORDS_PAYWALL] = paywall,
	[WALLWORDS_NOT_FOUND] = not_found, [WALLWORDS_JAVASCRIPT] = javascript,
};

bool
wallwords_in(enum wallwords_kind kind, struct str text)
{
	for (const char *const *p = lists[kind]; *p; p++)
		if (str_find(text, str_from(*p)) >= 0)
			return true;
	return false;
}

size_t
wallwords_count(enum wallwords_kind kind, struct str text)
{
	size_t n = 0;

	for (const char *const *p = lists[kind]; *p; p++) {
		struct str rest = text, phrase = str_from(*p);
		ptrdiff_t at;

		while ((at = str_find(rest, phrase)) >= 0) {
			rest = str_sub(rest, (size_t)at + phrase.len, rest.len);
			n++;
		}
	}
	return n;
}
