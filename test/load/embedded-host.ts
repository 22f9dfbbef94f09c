/**
 * All services in this process, without workers, until standard input ends; the first line printed
 * holds their addresses as JSON.
 */
import { once } from 'node:events';
import { startEmbedded } from '@oneshot/cli';

const [stateFolder = '', dataFolder = ''] = process.argv.slice(2);
const embedded = await startEmbedded({ dataDir: stateFolder, dataDirs: [dataFolder], workers: 0 });
console.log(JSON.stringify(embedded.addresses));
await once(process.stdin.resume(), 'end');
await embedded.shutdown();
