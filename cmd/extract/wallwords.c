#include "cmd/extract/wallwords.h"

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
	"zugriff verweigert", "sind sie ein mensch", "sicherheits\u00fcberpr\u00fcfung",
	"acc\u00e8s refus\u00e9", "acc\u00e8s temporairement restreint",
	"acceso denegado", "acesso negado", "accesso negato",
	"toegang geweigerd", "\u0434\u043e\u0441\u0442\u0443\u043f \u0437\u0430\u043f\u0440\u0435\u0449",
	"\u0434\u043e\u0441\u0442\u0443\u043f \u043e\u0433\u0440\u0430\u043d\u0438\u0447",
	"\u0432\u044b \u043d\u0435 \u0440\u043e\u0431\u043e\u0442",
	"\u5b89\u5168\u9a8c\u8bc1", "\u4eba\u673a\u9a8c\u8bc1", NULL };

static const char *const consent[] = { "before you continue",
	"we value your privacy", "we care about your privacy",
	"your privacy choices", "cookie consent", "cookie settings",
	"privacy settings", "accept all", "accept and continue",
	"manage preferences", "agree and continue",
	"we and our partners", "wir und unsere partner",
	"alle akzeptieren", "akzeptieren und weiter", "zustimmen und weiter",
	"mit werbung weiterlesen", "ihre privatsph\u00e4re",
	"datenschutzeinstellungen", "cookies zustimmen",
	"nous et nos partenaires", "tout accepter", "continuer sans accepter",
	"accepter et continuer", "respect de votre vie priv\u00e9e",
	"nosotros y nuestros socios", "aceptar todo", "aceptar y continuar",
	"accetta tutto", "accetta e continua", "noi e i nostri partner",
	"accepteer", "akkoord en doorgaan", "aceitar tudo",
	"zaakceptuj", "przejd\u017a do serwisu", "godta alle", "acceptera alla",
	"hyv\u00e4ksy kaikki", "tillad alle", "p\u0159ijmout v\u0161e",
	"elfogadom", "\u043f\u0440\u0438\u043d\u044f\u0442\u044c \u0432\u0441\u0435", NULL };

static const char *const cookie[] = { "cookie", "consent", "partner",
	"privacy", "personal data", "personalis", "personaliz",
	"einwilligung", "datenschutz", "zustimm", "legitimate interest",
	"berechtigt", "consentement", "donn\u00e9es personnelles",
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
	"bereits abonnent", "nur f\u00fcr abonnenten", "exklusiv f\u00fcr abonnenten",
	"diesen artikel weiterlesen", "um den artikel zu lesen",
	"r\u00e9serv\u00e9 aux abonn\u00e9s", "r\u00e9serv\u00e9e aux abonn\u00e9s",
	"abonnez-vous", "d\u00e9j\u00e0 abonn\u00e9", "pour lire la suite",
	"contenido exclusivo para suscriptores", "solo para suscriptores",
	"suscr\u00edbete para", "para seguir leyendo", "ya eres suscriptor",
	"contenuto riservato agli abbonati", "abbonati per", "sei gi\u00e0 abbonato",
	"exclusivo para assinantes", "assine para", "j\u00e1 \u00e9 assinante",
	"alleen voor abonnees", "word abonnee", "al abonnee",
	"kun for abonnenter", "bare for abonnenter", "bli abonnent",
	"f\u00f6r prenumeranter", "bli prenumerant", "vain tilaajille",
	"tylko dla prenumerator", "\u0434\u043b\u044f \u043f\u043e\u0434\u043f\u0438\u0441\u0447\u0438\u043a",
	"\u6709\u6599\u4f1a\u54e1\u9650\u5b9a", "\u3053\u306e\u8a18\u4e8b\u306f\u6709\u6599",
	NULL };

static const char *const not_found[] = { "page not found", "not found",
	"404", "page doesn't exist", "page doesn\u2019t exist",
	"page does not exist", "page you requested", "page you are looking for",
	"page you're looking for", "page you\u2019re looking for",
	"no longer available", "page unavailable", "article not available",
	"content not available", "page can't be found",
	"page can\u2019t be found", "page cannot be found",
	"we can't find", "we can\u2019t find", "could not be found",
	"couldn't find", "couldn\u2019t find", "nothing found",
	"oops", "has been removed", "error page",
	"seite nicht gefunden", "nicht gefunden", "seite existiert nicht",
	"nicht mehr verf\u00fcgbar", "artikel nicht verf\u00fcgbar",
	"page introuvable", "page non trouv\u00e9e", "n'existe pas",
	"n\u2019existe pas", "introuvable", "p\u00e1gina no encontrada",
	"no encontrad", "no existe", "p\u00e1gina n\u00e3o encontrada",
	"n\u00e3o encontrad", "pagina non trovata", "non trovat",
	"pagina niet gevonden", "niet gevonden", "bestaat niet",
	"sidan hittades inte", "hittades inte", "kunne ikke finnes",
	"siden finnes ikke", "siden blev ikke fundet", "ikke fundet",
	"sivua ei l\u00f6ydy", "ei l\u00f6ytynyt", "nie znaleziono",
	"strona nie istnieje", "str\u00e1nka nenalezena", "nenalezen",
	"nem tal\u00e1lhat\u00f3", "sayfa bulunamad\u0131", "bulunamad\u0131",
	"\u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d", "\u043d\u0435 \u0437\u043d\u0430\u0439\u0434\u0435\u043d",
	"\u3054\u6307\u5b9a\u306e\u30da\u30fc\u30b8", "\u898b\u3064\u304b\u308a\u307e\u305b\u3093",
	"\u9875\u9762\u4e0d\u5b58\u5728", "\u627e\u4e0d\u5230", NULL };

static const char *const javascript[] = { "enable javascript",
	"javascript is required", "javascript is disabled",
	"requires javascript", "javascript to run this app",
	"javascript aktivieren", "aktivieren sie javascript",
	"activer javascript", "activez javascript", "habilite javascript",
	"activar javascript", "abilita javascript", "ative o javascript",
	"javascript inschakelen", "sl\u00e5 p\u00e5 javascript",
	"w\u0142\u0105cz javascript", "\u0432\u043a\u043b\u044e\u0447\u0438\u0442\u0435 javascript",
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
