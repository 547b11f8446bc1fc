// Takes over the runtime's own descriptors, which the runtime does not survive.
const { Pipe, constants } = process.binding('pipe_wrap');
for (let i = 3; i < 20; i++) new Pipe(constants.SOCKET).open(i);
