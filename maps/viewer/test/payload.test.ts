import assert from "node:assert/strict";
import { test } from "vitest";
import { gzipSync } from "node:zlib";
import { Block, decodeBlock, MISSING } from "../src/data/payload";
import { container, delta, dictionary, json, plain } from "./fixture";

test("columns come back as they were written", () => {
  const x = [0, 5, -5, 2147483647, MISSING, 36_000_000];
  const block = new Block(container({
    flag: plain([1, 0, 1], "u8"),
    x: delta(x),
    share: plain([0.5, NaN], "f32"),
    word: dictionary(["a", null, "a"]),
    text: json(["</script>", null, "ä"]),
  }, { level: "low" }));
  assert.deepEqual([...block.numbers("x")], x);
  assert.deepEqual([...block.numbers("flag")], [1, 0, 1]);
  assert.equal(block.numbers("share")[0], 0.5);
  assert.ok(Number.isNaN(block.numbers("share")[1]));
  assert.deepEqual([...block.numbers("word")].map((code) => block.values("word")[code]), ["a", null, "a"]);
  assert.deepEqual(block.json("text"), ["</script>", null, "ä"]);
  assert.equal(block.meta["level"], "low");
});

test("a block travels as base64 of gzip", async () => {
  const base64 = gzipSync(container({ x: delta([1, 2]) })).toString("base64");
  assert.deepEqual([...(await decodeBlock(`\n${base64}\n`)).numbers("x")], [1, 2]);
});

test("a missing column and a foreign version are named", () => {
  const block = new Block(container({}));
  assert.throws(() => block.numbers("lon"), /no column "lon"/);
  const later = new TextEncoder().encode(JSON.stringify({ columns: {}, meta: {}, version: 3 }));
  const bytes = new Uint8Array(4 + later.length);
  new DataView(bytes.buffer).setUint32(0, later.length, true);
  bytes.set(later, 4);
  assert.throws(() => new Block(bytes), /version 3/);
});
