const fs = require('fs');
const places = ['/tmp', '/dev/shm', '/var/tmp', '/box', '/run', '/dev', '/usr', '/etc', ''];
const found = places.filter((directory) => fs.existsSync(directory + '/rce-mark'));
console.log(found.length ? found.join(' ') : 'nothing');
