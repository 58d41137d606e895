// Compares stet's URL parser with the one of node on generated inputs:
//
//	node url-differential.js URLPARSE SEED COUNT
//
// Prints what differs; the last line is "N same, N different, N parsed". Left
// out is what older engines do otherwise than the standard: "^" in paths, a
// base whose query is empty, "xn--" before what it does not decode, directions
// in hosts.
'use strict';
const { spawnSync } = require('child_process');
const [, , urlparse, seedText, countText] = process.argv;

let state = BigInt(seedText);
function random(n) {
	state = (state * 6364136223846793005n + 1442695040888963407n) &
		((1n << 64n) - 1n);
	return Number((state >> 33n) % BigInt(n));
}
const pick = (list) => list[random(list.length)];

const schemes = ['http:', 'https:', 'HTTP:', 'hTTps:', '', 'http', 'ftp:',
	'javascript:', 'x-y+z.1:', '1http:', 'http :', '\thttp:'];
const slashes = ['//', '//', '//', '/', '\\\\', '/\\', '', '///', '\\',
	'//\t', '/ /'];
const users = ['', '', '', 'u@', 'u:p@', 'u:@', ':p@', '@', 'a@b@', 'a:b:c@',
	'%40x@', "'@", 'u|^`{}[]@', 'ü:ß@', 'a b@', 'a/b@'];
const hosts = ['example.com', 'EXAMPLE.Com', 'a.b', '1.2.3.4', '0x7f.1',
	'127.1', '256.1.1.1', '1.2.3', '08.1', '0x', '1.0x', '4294967295',
	'4294967296', '0300.168.0.0xF0', '[::1]', '[1:2:3:4:5:6:7:8]',
	'[::ffff:1.2.3.4]', '[1::]', '[::', '[1:2]', '[::1.2.3.04]', '[::g]',
	'[1:2:3:4:5:6:1.2.3.4]', '[1:0:0:2:0:0:0:3]', '[::1]x', 'x[::1]',
	'%41b.c', '%00a', '%zz', 'a%2fb', 'a%20b', 'a b', 'a_b.c', '-a-.b',
	'a..b', '.a', 'a.', 'a..', '.', '..', 'münchen.de', 'faß.de',
	'日本語。jp', '☕.example', 'a\u00adb', '\u00ad', 'xn--mnchen-3ya.de',
	'xn--a', 'xn--', 'XN--MNCHEN-3YA', 'xn--zca', 'ﬁ.com', 'Ａ.com',
	'\u200d.com', 'a\u200cb.com', '\u0301a.com', '\ufffd',
	'GO\u200b\u2060\ufeffgoo.com', '%ef%bc%85%ef%bc%94%ef%bc%91.com',
	'０Ｘｃ０．０２５０．０１', '%', '^', 'a|b', 'a<b', 'a\x7fb', '', '@',
	'x--y.ü', 'xn--fa-hia.de', 'a'.repeat(70) + 'ü.com'];
const ports = ['', '', ':', ':80', ':443', ':0', ':08080', ':65535', ':65536',
	':1a', ':-1', ': 80', ':99999999999999999999', ':00000000443', ':\t8'];
const segments = ['a', 'b', '..', '.', '%2e', '%2E%2e', '.%2E', '...',
	'%2e%2e%2e', '', 'a b', 'a"b', 'a<b>', 'a`b', 'a{b}', 'a|b', '%zz',
	'%', 'é', '日本', 'a;b=c', 'a:b', '@', 'c:', 'C|', '\u0000', '\u007f',
	'\u0085', 'a\tb', 'a\nb', "'", '[x]', '\ufdd0', '~', '!$&()*+,-.',
	'\\', 'a\\b', '%c3%a9'];
const queries = ['', '', '?', '?a=b', '?a b', '?"<>', '?é', "?'", '?a#b?c',
	'??', '?%zz', '?`{}|', '?\u0000', '?a\nb', '?\ufffe'];
const fragments = ['', '', '#', '#a b', '#"<>`', '#é', '##', '#{}^|',
	'#\u0000\u0001', '#%zz'];

function path() {
	let text = '';
	for (let n = random(6); n > 0; n--)
		text += pick(['/', '/', '/', '/', '\\', '']) + pick(segments);
	return text;
}

function tail() {
	return path() + pick(queries) + pick(fragments);
}

function absolute() {
	return pick(schemes) + pick(slashes) + pick(users) + pick(hosts) +
		pick(ports) + tail();
}

function relative() {
	return pick(['', '', '/', '//', '\\', '\\\\', 'http:', 'https:', '?',
		'#', ' ', '.', '..', './', '../']) + tail();
}

function mangle(text) {
	if (random(6))
		return text;
	const at = random(text.length + 1);
	return text.slice(0, at) + pick(['\t', '\n', ' ', '\r', '%', '\\',
		'/', '?', '#', '@', ':', '[', ']', 'é', '\u0000', '.', ';']) +
		text.slice(at + random(2));
}

function generate() {
	if (random(3))
		return [mangle(absolute())];
	return [mangle(random(3) ? relative() : absolute()),
		'http' + pick(['', 's']) + '://' +
		pick(['h.example', 'u:p@h.example:81', '[::1]:99']) + tail()];
}

function leftOut(list) {
	if (/xn--/i.test(list[0]) && (/xn--[^.]*-([.:/?#\\]|$)/i.test(list[0]) ||
		!URL.canParse(...list)))
		return true;
	return list.length > 1 && list[1].includes('?') &&
		URL.canParse(list[1]) && new URL(list[1]).search === '';
}

function expected(list) {
	try {
		const url = new URL(...list);
		if (url.protocol !== 'http:' && url.protocol !== 'https:')
			return '';
		const end = url.href.search(/[?#]/);
		const head = end < 0 ? url.href : url.href.slice(0, end);
		return head.replace(/\^/g, '%5E') + url.href.slice(head.length);
	} catch {
		return '';
	}
}

const inputs = [];
while (inputs.length < Number(countText)) {
	const list = generate();
	if (!leftOut(list))
		inputs.push(list);
}
const answers = spawnSync(urlparse, { maxBuffer: 1 << 30,
	input: inputs.map((list) => JSON.stringify(list) + '\n').join('') })
	.stdout.toString().split('\n');
let same = 0, different = 0, parsed = 0;
inputs.forEach((list, i) => {
	const want = expected(list);
	if (want === answers[i]) {
		same++;
		parsed += want !== '';
	} else {
		different++;
		console.log(JSON.stringify(list), '\n  node:', want,
			'\n  stet:', answers[i]);
	}
});
console.log(`${same} same, ${different} different, ${parsed} parsed`);
