// Compares the keys of an index (standard input) with those that npm's warcio
// makes of the same addresses; prints what differs, with status 1.
//	node surt.mjs PATH-OF-NODE-MODULES <index.cdx
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { getSurt } = await import(pathToFileURL(`${process.argv[2]}/warcio/dist/index.js`));
for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
	const key = line.split(" ", 1)[0];
	const { url } = JSON.parse(line.slice(line.indexOf("{")));
	if (getSurt(url) === key)
		continue;
	console.log(url, key, getSurt(url));
	process.exitCode = 1;
}
