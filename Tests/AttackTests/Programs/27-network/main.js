const net = require('net');
const dns = require('dns');
const [port, name] = process.argv.slice(2);
const unreachable = (title, options) =>
  new Promise((done) => {
    const client = net.connect(options);
    const end = (line) => {
      console.log(line);
      client.destroy();
      done();
    };
    client.setTimeout(100, () => end('PASS ' + title));
    client.on('error', () => end('PASS ' + title));
    client.on('connect', () => end(`FAIL ${title}: connected`));
  });
(async () => {
  await unreachable('host-listener', { host: '127.0.0.1', port: Number(port) });
  await unreachable('host-abstract', { path: '\0' + name });
  await unreachable('metadata', { host: '169.254.169.254', port: 80 });
  await unreachable('credentials', { host: '169.254.170.2', port: 80 });
  await unreachable('metadata-6', { host: 'fd00:ec2::254', port: 80 });
  await unreachable('redis', { host: '127.0.0.1', port: 6379 });
  await unreachable('internet', { host: '1.1.1.1', port: 443 });
  await new Promise((done) =>
    dns.lookup('example.com', (error) => {
      console.log(error ? 'PASS dns' : 'FAIL dns: a name was found');
      done();
    }));
})();
