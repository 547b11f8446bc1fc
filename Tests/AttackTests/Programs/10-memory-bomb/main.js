const kept = [];
for (;;) {
  if (process.argv[2] === 'heap') kept.push(new Array(1000).fill({}).map((_, i) => ({ i })));
  else if (process.argv[2] === 'buffers') kept.push(Buffer.alloc(1 << 20, 1));
  else kept.push(require('fs').writeFileSync('/tmp/' + kept.length, Buffer.alloc(1 << 20)));
}
