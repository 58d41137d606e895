// Reads a WARC with npm's warcio and prints "TYPE URL PAYLOAD-BYTES" of each
// record; payloads are decoded as warcio decodes them.
//	node warcio.mjs PATH-OF-NODE-MODULES FILE
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modules, file] = process.argv;
const { WARCParser } = await import(pathToFileURL(`${modules}/warcio/dist/index.js`));
for await (const record of new WARCParser(createReadStream(file))) {
	const bytes = await record.readFully(true);
	console.log(record.warcType, record.warcTargetURI ?? "-",
		bytes ? bytes.length : 0);
}
