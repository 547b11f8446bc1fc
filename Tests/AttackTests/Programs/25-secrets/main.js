const fs = require('fs');
for (const [name, value] of Object.entries(process.env)) console.log(`${name}=${value}`);
const show = (path) => {
  try {
    process.stderr.write(fs.readFileSync(path));
  } catch {
    // As it must be.
  }
};
for (const name of fs.readdirSync('/proc')) {
  if (/^\d+$/.test(name)) for (const file of ['environ', 'cmdline', 'maps']) show(`/proc/${name}/${file}`);
}
process.argv.slice(2).forEach(show);
