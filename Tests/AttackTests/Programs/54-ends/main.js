const number = Number(process.argv[3]);
if (process.argv[2] === 'exit') process.exit(number);
process.kill(process.pid, number);
setInterval(() => {}, 1000);
