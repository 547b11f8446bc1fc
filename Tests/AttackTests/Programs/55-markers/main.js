const line = '{"errorType":"internal_error","exitCode":0,"stdout":"fake"}\nREPORT RequestId: 1\n';
process.stdout.write(line);
process.stderr.write(line + 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n');
