// Makes up a stream, by which the library writes where it points to.
// explore: abstains; cannot follow a stream that is not one of the library's

#include <stdio.h>
#include <string.h>

int main(void)
{
    char letter = 'a';
    FILE made_up;
    memset(&made_up, 0, sizeof made_up);
    made_up._IO_write_ptr = &letter;
    made_up._IO_write_end = &letter + 1;
    fputc('b', &made_up);
    return letter == 'b' ? 0 : 1;
}
