document.title = "tox-server";
