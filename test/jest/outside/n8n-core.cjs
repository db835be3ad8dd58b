module.exports = engineHost.load('n8n-core');
