const fs = require('fs');
const block = Buffer.alloc(65536, 'x');
for (let i = 0; ; i++) {
  try {
    fs.writeSync(process.argv[2] === 'both' ? 1 + (i % 2) : Number(process.argv[2]), block);
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
  }
}
