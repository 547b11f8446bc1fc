const fs = require('fs');
if (process.argv[2] === 'small') {
  for (let i = 0; i < 100000; i++) fs.closeSync(fs.openSync('/tmp/' + i, 'w'));
  console.log('100000 files');
} else if (process.argv[2] === 'sparse') {
  fs.truncateSync(fs.openSync('/tmp/file', 'w'), 2 ** 40);
} else {
  for (;;) fs.appendFileSync('/tmp/file', Buffer.alloc(65536));
}
