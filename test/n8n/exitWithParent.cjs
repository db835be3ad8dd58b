/**
 * Preloaded into n8n: when the process that started it is gone, however it went, n8n goes too,
 * with everything it started. The channel to the parent closes even if the parent was killed hard.
 *
 * Hard, because a polite end was seen to hang: n8n then writes its farewell into a closed pipe.
 */
process.on('disconnect', () => {
	// We lead a process group of our own (see server.mts).
	process.kill(-process.pid, 'SIGKILL');
});
// Else the channel alone would keep the process alive.
process.channel?.unref();
