// One JSON request per line on standard input, one JSON answer per line on standard output, in order.
// Operations: jsonata, asl, workflow (Google), schema, yaml, mermaid, sign (AWS), signgoogle, dynamodb, blobs and s3 (start servers). An answer has "value" (absent for undefined) or "error" {code, message}.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const crypto = require('node:crypto');
const Ajv = require('ajv');
const aws4 = require('aws4');
const dynalite = require('dynalite');
const jsonata = require('jsonata');
const validateAsl = require('asl-validator');
const { getLanguageService, TextDocument } = require('amazon-states-language-service');
const yaml = require('yaml');

const operations = { jsonata: evaluate, asl, workflow, schema, yaml: toJson, mermaid, sign, signgoogle, s3, dynamodb, blobs };

async function evaluate({ expression, input, variables }) {
  const compiled = jsonata(expression);
  // What Step Functions adds to the language, as documented.
  compiled.registerFunction('parse', (text) => {
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw { code: 'ParseFailed', message: 'The text is not JSON.' };
    }
  }, '<s:x>');
  compiled.registerFunction('uuid', () => '00000000-0000-0000-0000-000000000000', '<:s>');
  compiled.registerFunction('hash', (text, algorithm) => text === undefined ? undefined : crypto.createHash(algorithm.replace('-', '')).update(text).digest('hex'), '<ss:s>');
  const bindings = Object.fromEntries(Object.entries(variables ?? {}).map(([name, text]) => [name, JSON.parse(text)]));
  const result = await compiled.evaluate(input === undefined || input === null ? undefined : JSON.parse(input), bindings);
  return result === undefined ? undefined : text(result);
}

// JSON.stringify turns infinite numbers into null and drops functions: both would hide a difference.
function text(value) {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === 'number' && !Number.isFinite(part)) throw { code: 'D1001', message: `${part} is not a JSON number.` };
    if (typeof part === 'function' || part?._jsonata_lambda || part?._jsonata_function) throw { code: 'FunctionResult', message: 'A function is not JSON.' };
    return part;
  });
}

// Two validators: each finds what the other lets pass.
async function asl({ definition }) {
  const { isValid, errors } = validateAsl(JSON.parse(definition));
  const found = isValid ? [] : errors.map((error) => `${error['Error code']}: ${error.Message ?? JSON.stringify(error)}`);
  const service = getLanguageService({});
  const document = TextDocument.create('machine.asl.json', 'asl', 1, definition);
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document));
  return JSON.stringify([...found, ...diagnostics.map((diagnostic) => `line ${diagnostic.range.start.line + 1}: ${diagnostic.message}`)]);
}

// Loaded when it is asked for: the library takes a second.
async function signgoogle({ action, bucket, name, seconds, at, email, privateKey }) {
  const { Storage } = require('@google-cloud/storage');
  const storage = new Storage({ projectId: 'p', credentials: { client_email: email, private_key: privateKey } });
  const accessibleAt = new Date(at);
  const [url] = await storage.bucket(bucket).file(name).getSignedUrl({ version: 'v4', action, accessibleAt, expires: accessibleAt.getTime() + seconds * 1000 });
  return JSON.stringify(url);
}

let parseMermaid;
async function mermaid({ text: source }) {
  if (!parseMermaid) {
    // Labels are cleaned with the help of a browser; without one they stay as they are.
    const { default: purify } = await import('dompurify');
    Object.assign(purify, { addHook: () => {}, sanitize: (label) => label });
    const { default: library } = await import('mermaid');
    parseMermaid = (diagram) => library.parse(diagram);
  }
  try {
    await parseMermaid(source);
    return '[]';
  } catch (error) {
    return JSON.stringify([String(error.message)]);
  }
}

let validateWorkflow;
function workflow({ definition, schema: published }) {
  if (!validateWorkflow) {
    validateWorkflow = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(corrected(JSON.parse(published)));
  }
  return validateWorkflow(parseYaml(definition)) ? '[]' : JSON.stringify(messages(validateWorkflow));
}

// The published schema types the delays and the multiplier of a backoff as integers, but the engine takes fractions; and the timeout of a call as
// a number, but any argument may be an expression.
function corrected(node) {
  if (Array.isArray(node)) return node.map(corrected);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => {
    if (['initial_delay', 'max_delay', 'multiplier'].includes(key) && value?.type === 'integer') return [key, { ...value, type: 'number' }];
    if (key === 'timeout' && value?.type === 'number') return [key, { anyOf: [value, { type: 'string', pattern: '^\\$\\{' }] }];
    return [key, corrected(value)];
  }));
}

function schema({ schema: text, document }) {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(text));
  return validate(JSON.parse(document)) ? '[]' : JSON.stringify(messages(validate));
}

function messages(validate) {
  return validate.errors.map((error) => `${error.instancePath || '/'} ${error.message}`);
}

function toJson({ text: source }) {
  return JSON.stringify(parseYaml(source));
}

function parseYaml(source) {
  return yaml.parse(source, { version: '1.2', schema: 'core', strict: true, uniqueKeys: true });
}

function sign({ service, region, host, headers, body, credentials, method = 'POST', path: target = '/', query = false }) {
  const request = { service, region, host, method, path: target, headers, body, signQuery: query, extraHeadersToIgnore: { 'content-length': true, 'content-type': service === 's3' } };
  const signed = aws4.sign(request, credentials);
  return query ? signed.path : signed.headers.Authorization;
}

// An S3 of its own on a free port of the loopback address, its buckets in a folder. It takes the credentials S3RVER, S3RVER, and any signature of version 4: those are compared with aws4's.
async function s3({ folder, buckets }) {
  const S3rver = require('s3rver');
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder, configureBuckets: buckets.map((name) => ({ name })) });
  return String((await server.run()).port);
}

// A DynamoDB of its own on a free port of the loopback address, which ends with this process.
function dynamodb() {
  return new Promise((resolve, reject) => {
    const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(String(server.address().port)));
  });
}

// An Azure Blob service of its own, in memory, on a free port of the loopback address, which ends with this process.
async function blobs() {
  const { default: Configuration } = require('azurite/dist/src/blob/BlobConfiguration');
  const { default: Server } = require('azurite/dist/src/blob/BlobServer');
  const { configLogger } = require('azurite/dist/src/common/Logger');
  const { DEFAULT_BLOB_PERSISTENCE_ARRAY: locations } = require('azurite/dist/src/blob/utils/constants');
  configLogger(false);
  const server = new Server(new Configuration('127.0.0.1', 0, 5, '', '', locations, false, undefined, false, undefined, false, false, '', '', '', undefined, false, true));
  await server.start();
  return String(server.httpServer.address().port);
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.length === 0) continue;
    const answer = {};
    try {
      const request = JSON.parse(line);
      answer.value = await operations[request.op](request);
    } catch (error) {
      answer.error = { code: String(error.code ?? error.name ?? 'Error'), message: String(error.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}

main().then(() => process.exit(0)); // whatever servers still run
