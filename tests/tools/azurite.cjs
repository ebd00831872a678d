// The blob and queue services of Azurite, in memory, on free ports of the loopback address. Prints {"blobs": port, "queues": port} and ends with its standard input.
// Arguments: none, or a certificate and its key (PEM files): then over HTTPS, and tokens of Microsoft Entra ID are taken as well as keys.
'use strict';

const { configLogger } = require('azurite/dist/src/common/Logger');
const constants = { blob: require('azurite/dist/src/blob/utils/constants'), queue: require('azurite/dist/src/queue/utils/constants') };

async function start(Configuration, Server, locations) {
  const [cert = '', key = ''] = process.argv.slice(2);
  const server = new Server(new Configuration('127.0.0.1', 0, 5, '', '', locations, false, undefined, false, undefined, false, false, cert, key, '', cert ? 'basic' : undefined, false, true));
  await server.start();
  return server.httpServer.address().port;
}

async function main() {
  configLogger(false);
  const blobs = await start(require('azurite/dist/src/blob/BlobConfiguration').default, require('azurite/dist/src/blob/BlobServer').default, constants.blob.DEFAULT_BLOB_PERSISTENCE_ARRAY);
  const queues = await start(require('azurite/dist/src/queue/QueueConfiguration').default, require('azurite/dist/src/queue/QueueServer').default, constants.queue.DEFAULT_QUEUE_PERSISTENCE_ARRAY);
  process.stdout.write(JSON.stringify({ blobs, queues }) + '\n');
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
