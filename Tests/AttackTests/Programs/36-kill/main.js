for (const number of ['SIGKILL', 'SIGSTOP']) {
  try {
    process.kill(1, number);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
  }
}
console.log('PASS first');
try {
  process.kill(Number(process.argv[2]), 'SIGKILL');
  console.log('FAIL supervisor: it worked');
} catch (error) {
  console.log(error.code === 'ESRCH' ? 'PASS supervisor' : 'FAIL supervisor: ' + error.code);
}
try {
  process.kill(-1, 'SIGKILL');
} catch (error) {
  // There is nobody else.
  if (error.code !== 'ESRCH') throw error;
}
