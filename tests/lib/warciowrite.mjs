// Writes a WARC of one response with npm's warcio to standard output.
//	node warciowrite.mjs PATH-OF-NODE-MODULES gzip|plain URL
import { pathToFileURL } from "node:url";

const [, , modules, mode, url] = process.argv;
const { WARCRecord, WARCSerializer } =
	await import(pathToFileURL(`${modules}/warcio/dist/index.js`));
async function* body() {
	yield new TextEncoder().encode("<title>Nothing</title><p>Short.</p>");
}
const record = await WARCRecord.create({
	url, type: "response", date: "2026-05-04T08:00:00Z",
	warcVersion: "WARC/1.1", httpHeaders: { "Content-Type": "text/html" },
	statusline: "HTTP/1.1 200 OK",
}, body());
process.stdout.write(await WARCSerializer.serialize(record, { gzip: mode === "gzip" }));
