/**
 * Preloaded into the programs that we start (ENDS_WITH_US in commands.mts): when the process that
 * started them is gone, however it went, they go too, with everything they started. The channel to
 * the parent closes even if the parent was killed hard.
 *
 * Hard, because a polite end was seen to hang: n8n then writes its farewell into a closed pipe.
 */
process.on('disconnect', () => {
	// We lead a process group of our own.
	process.kill(-process.pid, 'SIGKILL');
});
// Else the channel alone would keep the process alive.
process.channel?.unref();
