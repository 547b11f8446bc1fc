const fs = require('fs');
for (const directory of ['/tmp', '/dev/shm', '/var/tmp', '/box', '/run', '/dev', '/usr', '/etc', '']) {
  try {
    fs.writeFileSync(directory + '/rce-mark', 'mark');
  } catch {
    // Nobody may write there.
  }
}
console.log(fs.existsSync('/tmp/rce-mark') ? 'True' : 'False');
