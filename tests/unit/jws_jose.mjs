// Our JWS against an independent implementation (npm jose): each verifies what the other
// signed, and each refuses what was changed. Argument: the program jws_peer.
// Exit 77 (skipped) when jose is not installed: `npm ci` in tests/.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto; // Debian 12 has node 18, where it is not global yet

const peer = process.argv[2];
const types = ['bdhvs-totals+json', 'bdhvs-ack+json', 'bdhvs-enrol+json',
               'bdhvs-grant+json', 'bdhvs-time+json'];
const ENROL = 2;
const payloads = ['{}', '{"schema":1,"n":412}', '{"thon":"Bản Mới"}', 'x'.repeat(60000)];

const jose = await import('jose').catch(() => null);
if (!jose) {
    console.log('jose is not installed: run npm ci in tests/');
    process.exit(77);
}

function run(args, input) {
    const done = spawnSync(peer, args.map(String), { input, encoding: 'utf8' });
    return done.status === 0 ? done.stdout : null;
}

const jwk = (x) => ({ kty: 'OKP', crv: 'Ed25519', x });
const text = (bytes) => new TextDecoder().decode(bytes);

// One character in the middle of each part, replaced by another of the alphabet.
function* changed(jws) {
    const dots = [jws.indexOf('.'), jws.lastIndexOf('.')];
    for (const at of [dots[0] >> 1, (dots[0] + dots[1]) >> 1, dots[1] + 40]) {
        if (jws[at] !== '.')
            yield jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1);
    }
}

async function joseReadsOurs(type, payload) {
    const [x, jws] = run(['sign', type], payload).split('\n');
    const key = await jose.importJWK(jwk(x), 'EdDSA');
    const got = await jose.compactVerify(jws, key, { algorithms: ['EdDSA'] });
    assert.equal(text(got.payload), payload);
    assert.equal(got.protectedHeader.alg, 'EdDSA');
    assert.equal(got.protectedHeader.typ, types[type]);
    assert.equal(got.protectedHeader.kid, await jose.calculateJwkThumbprint(jwk(x)));
    for (const bad of changed(jws))
        await assert.rejects(jose.compactVerify(bad, key));
    if (type === ENROL)
        await jose.compactVerify(jws, jose.EmbeddedJWK);
}

async function weReadJoses(type, payload) {
    const pair = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const { x } = await jose.exportJWK(pair.publicKey);
    const kid = await jose.calculateJwkThumbprint(jwk(x));
    const header = { alg: 'EdDSA', kid, typ: types[type] };
    const sign = (h) => new jose.CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader(h).sign(pair.privateKey);
    const jws = await sign(header);
    assert.equal(run(['verify', type, x], jws), payload);
    for (const bad of changed(jws))
        assert.equal(run(['verify', type, x], bad), null);
    assert.equal(run(['verify', (type + 1) % types.length, x], jws), null);
    assert.equal(run(['verify', type, x], await sign({ ...header, kid: 'other' })), null);
    if (type === ENROL) {
        assert.equal(run(['open'], jws), null); // it names no key
        assert.equal(run(['open'], await sign({ ...header, jwk: jwk(x) })), `${x}\n${payload}`);
    }
}

let n = 0;
for (let type = 0; type < types.length; type++) {
    for (const payload of payloads) {
        await joseReadsOurs(type, payload);
        await weReadJoses(type, payload);
        n += 2;
    }
}
console.log(`${n} exchanges with jose`);
