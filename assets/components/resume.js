// Coming back after a break: quick, and never by reloading into a dead network.
// NiceGUI 3.18 reloads at the second connection timeout; here only when the server has answered
// that it no longer knows this page.
(() => {
  let met = false;

  const refused = (error) => {
    if (error.message === 'Implicit handshake failed') location.reload();
    // Never met and no answer: something on the way may swallow web sockets, so try without at first.
    else if (error.message === 'timeout' && !met) window.socket.io.opts.transports = ['polling', 'websocket'];
  };

  // All of the page's namespaces go down and up together: one left open would keep the long wait.
  const kick = () => {
    const { io } = window.socket;
    if (document.hidden || window.socket.connected) return;
    io.opts.query.next_message_id = window.nextMessageId;
    const sockets = Object.values(io.nsps);
    sockets.forEach((one) => one.disconnect());
    sockets.forEach((one) => one.connect());
  };

  const hook = () => {
    const { socket } = window;
    if (!socket) return setTimeout(hook, 20);
    socket.io.reconnectionDelay(300);
    socket.io.reconnectionDelayMax(2000);
    socket.io.timeout(5000);
    socket.off('connect_error');
    socket.on('connect_error', refused);
    socket.on('connect', () => (met = true));
    met = socket.connected;
    document.addEventListener('visibilitychange', kick);
    addEventListener('online', kick);
    addEventListener('pageshow', kick);
  };
  hook();
})();
