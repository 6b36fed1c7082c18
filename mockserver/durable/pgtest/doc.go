package pgtest // it is empty on Windows, where no test needs it
