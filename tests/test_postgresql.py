"""The PostgreSQL server that tests use goes away with the process that started it, however that ends."""

import multiprocessing
import os
import signal
import socket
import time

from tests.postgresql import Server


def _start_and_die(folders):
    server = Server()
    server.__enter__()
    folders.send(server.folder)
    os.kill(os.getpid(), signal.SIGKILL)


def _answers(folder):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(folder / ".s.PGSQL.5432"))
        except OSError:
            return False
        return True


def test_a_server_dies_with_a_killed_process_and_its_folder_is_swept_up():
    receiving, sending = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_start_and_die, args=(sending,))
    child.start()
    folder = receiving.recv()
    child.join()
    until = time.monotonic() + 10
    while _answers(folder):
        assert time.monotonic() < until
        time.sleep(0.01)
    Server().close()
    assert not folder.exists()


def test_a_server_that_was_closed_leaves_nothing():
    server = Server()
    assert server.folder.exists()
    server.close()
    assert not server.folder.exists()
