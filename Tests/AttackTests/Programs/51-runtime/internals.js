const { Worker } = require('worker_threads');
const verdict = (name, good, what) => console.log(good ? 'PASS ' + name : `FAIL ${name}: ${what}`);
verdict('options', process.env.NODE_OPTIONS === undefined, process.env.NODE_OPTIONS);
verdict('variables', !Object.keys(process.env).some((name) => name.startsWith('NODE_')));
let loaded = false;
try {
  process.dlopen({ exports: {} }, '/box/main.js');
  loaded = true;
} catch {
  // It is no library.
}
verdict('library', !loaded, 'loaded');
const worker = new Worker("require('worker_threads').parentPort.postMessage(process.getuid())", { eval: true });
worker.on('message', (user) => verdict('worker', user === process.getuid(), user));
