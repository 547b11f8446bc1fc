console.log(process.argv.length === 2 ? require('fs').readFileSync(0).length : 0);
