/**
 * Preloaded into n8n: when the process that started it is gone, however it went, n8n stops too.
 * The channel to the parent closes even if the parent was killed hard.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Else the channel alone would keep the process alive.
process.channel?.unref();
