module.exports = engineHost.load('express');
