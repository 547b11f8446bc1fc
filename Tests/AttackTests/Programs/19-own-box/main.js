const fs = require('fs');
fs.unlinkSync('/box/main.js');
for (const action of [() => fs.renameSync('/box', '/tmp/box'), () => fs.rmdirSync('/box')]) {
  try {
    action();
  } catch {
    // It is where it is.
  }
}
fs.mkdirSync('/tmp/gone');
process.chdir('/tmp/gone');
fs.rmdirSync('/tmp/gone');
console.log('done');
