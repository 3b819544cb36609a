// A division by zero.
// tsan: crashed; SIGFPE in main at zero_divisor.c:10
// helgrind: crashed; SIGFPE in main at zero_divisor.c:10
// native: crashed; SIGFPE

static volatile int zero;

int main(void)
{
    return 3 / zero;
}
