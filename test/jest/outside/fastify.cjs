module.exports = engineHost.load('fastify');
