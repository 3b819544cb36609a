// A program that a compiler ends on purpose, by an instruction that is none.
// explore: crashed, crash
// tsan: crashed; SIGILL in main at trap.c:9
// helgrind: crashed; SIGILL in main at trap.c:9
// native: crashed; SIGILL

int main(void)
{
    __builtin_trap();
}
