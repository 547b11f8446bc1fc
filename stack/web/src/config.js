// Where the API is: an absolute address, or one relative to the page; "" is beside the page.
window.consoleConfig = { apiBase: "" };
