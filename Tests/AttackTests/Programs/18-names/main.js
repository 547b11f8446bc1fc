const fs = require('fs');
for (const name of ['n'.repeat(255), 'with\nnewline', '-rf', ' ', '*', '$(id)', '...']) fs.mkdirSync(name, 0);
for (let i = 0; i < 4000; i++) {
  fs.mkdirSync('d'.repeat(60));
  process.chdir('d'.repeat(60));
}
console.log('4000 deep');
